package store

import "floorline/floor"

// houseBucket names the key that seals the house's own secrets. It lies among the retention buckets, whose names are
// months, so that it is kept twice and travels with them; no retention drops it.
const houseBucket = "house"

// sealSecrets closes the secrets in an event body or a row before it is written; mark is as for seal.
func (v *vault) sealSecrets(what any, mark uint64) error {
	g, ok := what.(floor.Guarded)
	if !ok {
		return nil
	}
	for i, s := range g.Secrets() {
		if s.Plain == "" {
			continue // there is none, or no key opened it: then its box stays as it is
		}
		v.mu.Lock()
		key, err := v.bucket(houseBucket)
		v.mu.Unlock()
		if err != nil {
			return err
		}
		// The nonce is taken from the owner and the text too: one cut seals the secrets of many shops under one mark.
		about := []byte(s.Owner)
		s.Box = box(key, nonce(key, mark<<4|uint64(i), append(append(about, 0), s.Plain...)), []byte(s.Plain), about)
	}
	return nil
}

// openSecrets opens the secrets of a decoded body or row. One whose key is gone is as if none had been given.
func (v *vault) openSecrets(what any) {
	g, ok := what.(floor.Guarded)
	if !ok {
		return
	}
	for _, s := range g.Secrets() {
		if s.Box == nil {
			continue
		}
		v.mu.Lock()
		key := v.buckets[houseBucket]
		v.mu.Unlock()
		plain, err := []byte(nil), errErased
		if key != nil {
			plain, err = unbox(key, s.Box, []byte(s.Owner))
		}
		if err != nil {
			v.shut.Add(1)
			continue
		}
		s.Plain = string(plain)
	}
}
