package devices

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"floorline/floor"
)

// A file that is being taken in lies on disk until all of it is in, so that a stop in the middle is made
// good at the next start; and the answer to one sent with an Idempotency-Key lies there for a day.

func (s *Server) importDir() string { return filepath.Join(s.o.Dir, "imports") }

// id is the same for the same file of the same kind, whenever it comes.
func (j importJob) id(data []byte) string {
	moved := ""
	if j.MoveDays != 0 {
		moved = strconv.Itoa(j.MoveDays)
	}
	return digest(j.Kind + j.Format + j.Channel + j.Service + moved + string(data))[:32]
}

// keepImport lays the file down for good before any of it is applied.
func (s *Server) keepImport(j importJob, data []byte) error {
	if s.o.Dir == "" {
		return nil
	}
	if err := os.MkdirAll(s.importDir(), 0o700); err != nil {
		return err
	}
	meta, err := json.Marshal(j)
	if err != nil {
		return err
	}
	path := filepath.Join(s.importDir(), j.id(data))
	if err := writeSynced(path+".data", data); err != nil {
		return err
	}
	return writeSynced(path+".json", meta)
}

func writeSynced(path string, b []byte) error {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return err
	}
	_, err = f.Write(b)
	return errors.Join(err, f.Sync(), f.Close())
}

func (s *Server) doneImport(id string) {
	if s.o.Dir == "" {
		return
	}
	path := filepath.Join(s.importDir(), id)
	if err := errors.Join(os.Remove(path+".json"), os.Remove(path+".data")); err != nil && !errors.Is(err, fs.ErrNotExist) {
		s.log.Warn("a finished import could not be cleared away", "import", id, "err", err)
	}
}

// resumeImports goes on with files that a stop interrupted. A file that was itself cut off by the stop is
// told by its digest, and left out: its sender had no answer and sends it again.
func (s *Server) resumeImports() {
	if s.o.Dir == "" {
		return
	}
	s.importing.Lock()
	defer s.importing.Unlock()
	files, err := filepath.Glob(filepath.Join(s.importDir(), "*.json"))
	if err != nil {
		return // only a malformed pattern does that
	}
	for _, path := range files {
		id := strings.TrimSuffix(filepath.Base(path), ".json")
		j, data, err := readImport(path)
		if err != nil || j.id(data) != id {
			s.log.Warn("an interrupted import was not whole on disk and is left out; send it again", "import", id)
			s.doneImport(id)
			continue
		}
		_, failed := s.applyImport(id, j, data, caller{})
		if failed == nil || failed.Kind != floor.Stopped {
			s.log.Info("an interrupted import was finished", "import", id)
			s.doneImport(id)
		}
	}
}

func readImport(path string) (j importJob, data []byte, err error) {
	meta, err := os.ReadFile(path)
	if err != nil {
		return j, nil, err
	}
	if err := json.Unmarshal(meta, &j); err != nil {
		return j, nil, err
	}
	data, err = os.ReadFile(strings.TrimSuffix(path, ".json") + ".data")
	return j, data, err
}

// Limits of kept answers.
const (
	KeptAnswers = 500
	KeptFor     = 24 * time.Hour
)

// answerPath is where the answer to this caller's Idempotency-Key lies; "" without a key.
func (c *call) answerPath() string {
	key := c.Get("Idempotency-Key")
	if key == "" || c.s.o.Dir == "" {
		return ""
	}
	return filepath.Join(c.s.importDir(), digest(c.who.digest + "\x00" + key)[:40]+".answer")
}

// asked is over all that makes two requests the same.
func (c *call) asked(data []byte) []byte {
	sum := sha256.Sum256([]byte(c.Path() + "\x00" + string(c.Request().URI().QueryString()) + "\x00" + string(data)))
	return []byte(hex.EncodeToString(sum[:]) + "\n")
}

// answeredImport gives the answer again where this key was used for this very file, and refuses it for another.
func (c *call) answeredImport(data []byte) (bool, error) {
	path := c.answerPath()
	if path == "" {
		return false, nil
	}
	kept, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	body, same := bytes.CutPrefix(kept, c.asked(data))
	if !same {
		return true, c.problem(&floor.Error{Kind: floor.Invalid, Code: "idempotency_key_reused", Say: "this Idempotency-Key was used with another file; use a new key"})
	}
	c.Set("Idempotency-Replayed", "true")
	c.Set("Content-Type", "application/json")
	return true, c.Status(200).Send(body)
}

// answerImport answers, and keeps the answer for who asks again with the same key.
func (c *call) answerImport(data []byte, v *importView) error {
	if path := c.answerPath(); path != "" {
		body, err := json.Marshal(v)
		if err != nil {
			return err
		}
		c.s.dropAnswers()
		if err := os.MkdirAll(c.s.importDir(), 0o700); err != nil {
			return err
		}
		if err := writeSynced(path, append(c.asked(data), body...)); err != nil {
			return err
		}
	}
	return c.json(200, v)
}

// dropAnswers lets go of old answers, and of the oldest where there are too many.
func (s *Server) dropAnswers() {
	files, err := filepath.Glob(filepath.Join(s.importDir(), "*.answer"))
	if err != nil {
		return
	}
	for i, path := range files {
		info, err := os.Stat(path)
		if err == nil && (time.Since(info.ModTime()) > KeptFor || len(files)-i >= KeptAnswers) {
			_ = os.Remove(path)
		}
	}
}
