package floor

// Notice is what a device is told without having asked: somebody else changed the work it holds.
type Notice struct {
	ID    uint64 `cbor:"1,keyasint"` // the event that told it
	Code  Code   `cbor:"2,keyasint"`
	About Thing  `cbor:"3,keyasint"`
	Given bool   `cbor:"4,keyasint,omitempty"` // an answer has carried it; the next one no longer does
}

// NoticeLimit is how many notices a device keeps; the oldest go first.
const NoticeLimit = 5

// NoticeView is a notice as a device shows it. A device sounds each ID once.
type NoticeView struct {
	ID    uint64 `json:"id"`
	Code  Code   `json:"code"`
	Class Class  `json:"class"`
	Say   string `json:"say"`

	verdict *Verdict // what is said of it, in the reader's language (Next.In)
}

// notify tells the device that holds a lease, unless it is the one that acts.
func (t *turn) notify(l Lease, code Code, about Thing) {
	if d := t.Devices[l.Device]; d != nil && d.ID != t.c.Device {
		t.emit(&DeviceTold{Device: d.ID, Notice: Notice{Code: code, About: about}})
	}
}

// DeviceTold says a device must show something that happened elsewhere, with its sound.
type DeviceTold struct {
	Device DeviceID `cbor:"1,keyasint"`
	Notice Notice   `cbor:"2,keyasint"`
}

var _ = kind(KindDeviceTold, "device_told", "", func() Body { return new(DeviceTold) })

func (*DeviceTold) Kind() Kind { return KindDeviceTold }

func (b *DeviceTold) apply(s *State, e *Event) {
	d := s.Devices[b.Device]
	n := b.Notice
	n.ID = e.Seq
	d.Notices = append(d.Notices[:len(d.Notices):len(d.Notices)], n)
	if len(d.Notices) > NoticeLimit {
		d.Notices = d.Notices[1:]
	}
	s.touch(TableDevice, string(d.ID))
}

// gaveNotices drops the notices that an earlier answer carried; those that this one carries go with the next.
func (d *Device) gaveNotices() {
	var left []Notice
	for _, n := range d.Notices {
		if !n.Given {
			n.Given = true
			left = append(left, n)
		}
	}
	d.Notices = left
}

// orCancelled is the verdict on what a worker scans who has not heard yet that the order was cancelled: that is why the
// scan leads nowhere.
func (d *Device) orCancelled(v *Verdict) *Verdict {
	if v.Class() != Refused && v.Code != CodeInfo {
		return v
	}
	for _, n := range d.Notices {
		if n.Code == CodeCancelled && !n.Given {
			about := n.About
			return &Verdict{Code: CodeCancelled, Scanned: v.Scanned, Wanted: v.Wanted, Belongs: &about}
		}
	}
	return v
}

func (d *Device) notices() (out []NoticeView) {
	for _, n := range d.Notices {
		about := n.About
		v := verdict(n.Code).belongs(&about)
		out = append(out, NoticeView{ID: n.ID, Code: n.Code, Class: v.Class(), verdict: v})
	}
	return out
}
