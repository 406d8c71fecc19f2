package devices

import (
	"context"
	"net"
	"sync"
	"time"

	"github.com/valyala/fasthttp"
)

// conns knows what each open connection is about, so that a stop waits for answers and not for browsers that
// keep a connection at hand, nor for a request that never ends.
type conns struct {
	mu    sync.Mutex
	about map[net.Conn]about
}

type about int

const (
	waiting about = iota // no request has begun
	asking               // one has begun and is not here whole
	working              // one is being answered
)

// AskingWithin is how long a stop waits for a request that has begun to arrive.
const AskingWithin = time.Second

func watchConns(server *fasthttp.Server) *conns {
	k := &conns{about: map[net.Conn]about{}}
	server.ConnState = func(c net.Conn, state fasthttp.ConnState) {
		atDoor(c, state)
		k.mu.Lock()
		defer k.mu.Unlock()
		switch state {
		case fasthttp.StateClosed, fasthttp.StateHijacked: // a socket has a way of its own to end
			delete(k.about, c)
		case fasthttp.StateActive:
			k.about[c] = asking
		default:
			k.about[c] = waiting
		}
	}
	inner := server.Handler
	server.Handler = func(ctx *fasthttp.RequestCtx) {
		k.mu.Lock()
		k.about[ctx.Conn()] = working
		k.mu.Unlock()
		if knock := knockOf(ctx.Conn()); knock != nil {
			knock.served()
		}
		inner(ctx)
	}
	return k
}

// atDoor tells the door what becomes of a connection that came through it.
func atDoor(c net.Conn, state fasthttp.ConnState) {
	knock := knockOf(c)
	if knock == nil {
		return
	}
	switch state {
	case fasthttp.StateActive:
		knock.timer.Stop() // it has begun to ask; how long that may take is limited too
	case fasthttp.StateIdle:
		knock.waits()
	case fasthttp.StateHijacked:
		knock.served()
	}
}

// shut closes every connection that nobody works for.
func (k *conns) shut(upTo about) {
	k.mu.Lock()
	defer k.mu.Unlock()
	for c, a := range k.about {
		if a <= upTo {
			_ = c.Close()
		}
	}
}

// empty closes what waits until ctx ends. A stop calls it beside the one that shuts the listeners, since a
// connection may be accepted until those are shut.
func (k *conns) empty(ctx context.Context) {
	every := time.NewTicker(50 * time.Millisecond)
	defer every.Stop()
	late := time.NewTimer(AskingWithin)
	defer late.Stop()
	upTo := waiting
	for {
		k.shut(upTo)
		select {
		case <-ctx.Done():
			return
		case <-late.C:
			upTo = asking
		case <-every.C:
		}
	}
}
