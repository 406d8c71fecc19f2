package devices

import (
	"encoding/json"

	"github.com/gofiber/fiber/v2"

	"floorline/floor"
)

// statusOf is the one table from kinds of error to HTTP status.
var statusOf = map[floor.ErrorKind]int{
	"malformed":     400,
	"unauthorized":  401,
	floor.Forbidden: 403,
	floor.NotFound:  404,
	floor.Conflict:  409,
	"gone":          410,
	floor.Changed:   412,
	"media":         415,
	floor.Invalid:   422,
	"unconditional": 428,
	"too_many":      429,
	floor.Full:      422,
	floor.Stopped:   507,
}

// statusOfCode are the codes whose status is not that of their kind.
var statusOfCode = map[string]int{"busy": 503, "closing": 503}

// problem answers with an error as RFC 9457 asks.
func (c *call) problem(e *floor.Error) error {
	status, ok := statusOfCode[e.Code]
	if !ok {
		if status, ok = statusOf[e.Kind]; !ok {
			status = 500
		}
	}
	if (status == 503 || status == 429) && len(c.Response().Header.Peek("Retry-After")) == 0 {
		c.Set("Retry-After", "1")
	}
	return writeProblem(c.Ctx, status, e.Code, e.Say, e.About)
}

type problem struct {
	Type   string        `json:"type"`
	Title  string        `json:"title"`
	Status int           `json:"status"`
	Code   string        `json:"code"`
	Detail string        `json:"detail"`
	Errors []floor.Fault `json:"errors,omitempty"`
}

func writeProblem(c *fiber.Ctx, status int, code, say string, about []floor.Fault) error {
	b, err := json.Marshal(problem{"/api/docs#" + code, title(status), status, code, say, about})
	if err != nil {
		return err
	}
	c.Set("Content-Type", "application/problem+json")
	return c.Status(status).Send(b)
}

func title(status int) string {
	e := fiber.NewError(status)
	return e.Message
}
