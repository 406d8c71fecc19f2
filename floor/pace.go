package floor

// The pace of the house is measured, not believed: how many units each stage moved in the last hour, and how long
// people were at it. It is not kept over a restart; until it is measured again the usual figures stand in, and say so.

// Stage is a part of an order's way that takes people's time.
type Stage string

// The stages, in the order of the way.
const (
	StagePick Stage = "pick"
	StageSort Stage = "sort"
	StagePack Stage = "pack"
	StageLoad Stage = "load"
)

var stages = []Stage{StagePick, StageSort, StagePack, StageLoad}

// usualPace is units (for loading: parcels) an hour and person, where nothing was measured.
var usualPace = map[Stage]int64{StagePick: 90, StageSort: 240, StagePack: 60, StageLoad: 120}

// The pace is counted in slots of five minutes; a person is at work in a slot in which they did anything.
const (
	paceSlotMS = 5 * MinuteMS
	paceSlots  = 12
	paceLeast  = 15 * MinuteMS // of people's time, before it counts as measured
)

type paceKey struct {
	slot   int64
	stage  Stage
	worker WorkerID
}

// paced counts units that a person moved on. Called from Apply.
func (s *State) paced(e *Event, stage Stage, units int64) {
	if e.Worker == "" {
		return
	}
	slot := int64(e.At) / paceSlotMS
	if slot > s.index.paceNow {
		s.index.paceNow = slot
		for k := range s.index.pace {
			if k.slot <= slot-paceSlots {
				delete(s.index.pace, k)
			}
		}
	}
	s.index.pace[paceKey{slot, stage, e.Worker}] += units
}

// Pace is how fast a stage is.
type Pace struct {
	UnitsPerHour int64 `json:"units_per_hour"` // of one person
	Measured     bool  `json:"measured"`       // in the last hour; else it is the usual figure
	Workers      int64 `json:"workers"`        // at it now
}

// perHour is what all who are at it now do in an hour.
func (p Pace) perHour() int64 { return p.UnitsPerHour * p.Workers }

// PaceOf is how fast a stage is, and how many are at it.
func (s *State) PaceOf(stage Stage, now Time) Pace {
	var units, people int64
	for k, n := range s.index.pace {
		if k.stage == stage && k.slot > int64(now)/paceSlotMS-paceSlots {
			units, people = units+n, people+1
		}
	}
	p := Pace{UnitsPerHour: usualPace[stage]}
	if ms := people * paceSlotMS; ms >= paceLeast && units > 0 {
		p.UnitsPerHour, p.Measured = max(units*HourMS/ms, 1), true
	}
	at := map[WorkerID]bool{}
	for _, d := range s.Devices {
		if d.Worker != "" && d.Job.Kind == string(stage) {
			at[d.Worker] = true
		}
	}
	p.Workers = int64(len(at))
	return p
}
