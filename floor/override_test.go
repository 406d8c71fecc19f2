package floor

import (
	"slices"
	"testing"
)

// everyRole is each role by itself; what a person with several may do is what any of them may.
var everyRole = []Roles{RolePicker, RolePacker, RoleInspector, RoleLead, RoleAdmin, RoleIntegration}

// mayStart says who may start what, by hand: a new kind of work fails until it stands here.
var mayStart = map[string]Roles{
	"pick":      RolePicker | RoleLead | RoleAdmin,
	"putback":   RolePicker | RoleLead | RoleAdmin,
	"sort":      RolePicker | RolePacker | RoleLead | RoleAdmin,
	"pack":      RolePacker | RoleLead | RoleAdmin,
	"load":      RolePicker | RolePacker | RoleLead | RoleAdmin,
	"receive":   RolePicker | RoleInspector | RoleLead | RoleAdmin,
	"putaway":   RolePicker | RoleInspector | RoleLead | RoleAdmin,
	"replenish": RolePicker | RoleLead | RoleAdmin,
	"inspect":   RoleInspector | RoleLead | RoleAdmin,
	"count":     RolePicker | RoleInspector | RoleLead | RoleAdmin,
	"singles":   RolePacker | RoleLead | RoleAdmin,
}

// person signs somebody with a role in on a device. One with a PIN may allow things where the role does.
func (f *shift) person(role Roles, pin string, device int) *hand {
	f.t.Helper()
	w := f.must(SaveWorker{Worker: Worker{Name: role.Names()[0], Roles: role, PIN: pin}}).(*WorkerView)
	h := &hand{f: f, device: f.device(device), worker: w.ID}
	h.send(SignIn{h.worker})
	return h.expect(CodeSignedIn)
}

// allowed does something that somebody else allows, as the edge says it after badge and PIN.
func (h *hand) allowed(by WorkerID, v Verb) *hand {
	h.f.t.Helper()
	d := h.f.s.Devices[h.device]
	a := h.f.do(&Command{ID: "allowed/" + itoa(int64(h.f.now)), N: d.N + 1, Device: h.device, AuthorisedBy: by, Verb: v})
	h.last = a.Verdict
	for _, e := range a.Events {
		want := WorkerID("")
		if w := h.f.s.Workers[by]; w != nil && w.MayAuthorise() {
			want = by
		}
		if e.AuthorisedBy != want || e.Worker != h.worker {
			h.f.t.Fatalf("%s is noted as %s's, allowed by %q", e.Body.Kind(), e.Worker, e.AuthorisedBy)
		}
	}
	return h
}

func (f *shift) leadWithPIN(role Roles, pin string) WorkerID {
	return f.must(SaveWorker{Worker: Worker{Name: "Word", Roles: role, PIN: pin}}).(*WorkerView).ID
}

// Every kind of work with every role: started by whom the table names, refused to all others, and there a lead's word
// helps. Everything else that can be done needs a job, which nobody has without having started it.
func TestWhoMayStartWhat(t *testing.T) {
	if len(works) != len(mayStart) {
		t.Errorf("%d kinds of work, and %d in the table", len(works), len(mayStart))
	}
	for _, w := range works {
		may, known := mayStart[w.kind]
		if !known {
			t.Errorf("%s is not in the table: who may start it?", w.kind)
		}
		for _, role := range everyRole {
			f := newShift(t)
			lead := f.leadWithPIN(RoleLead, "a PIN")
			h := f.person(role, "", 1+slices.IndexFunc([]string{"handheld", "bench", "dock"}, func(k string) bool { return oneOf(k, w.devices) }))
			h.act(Act{Action: "start", Job: w.kind})
			if refused := h.last.Code == CodeNotAllowed; refused == may.Has(role) || refused != h.last.Override {
				t.Errorf("%s, started by a %v: %s, a lead may help: %v", w.kind, role.Names(), h.last.Code, h.last.Override)
			}
			if h.allowed(lead, Act{Action: "start", Job: w.kind}); h.last.Code == CodeNotAllowed {
				t.Errorf("%s, started by a %v on a lead's word: %s", w.kind, role.Names(), h.last.Code)
			}
			for _, action := range []string{"qty", "short", "skip", "undo", "answer", "full", "close", "weigh", "finish", "leave", "swap", "misplaced", "damaged", "reprint"} {
				if h.act(Act{Action: action}); h.last.Class() != Refused {
					t.Errorf("a %v without a job may %s: %s", role.Names(), action, h.last.Code)
				}
			}
		}
	}
}

// Whose word counts, and for what: a lead's or an admin's, who has a PIN and still works here, for the one command.
func TestWhoseWordCounts(t *testing.T) {
	f := newShift(t)
	f.stock("A0-00", "MUG", 5)
	list := f.wave("discrete", f.order("1", "MUG", 1)).PickLists[0]
	f.as(1, 1).act(Act{Action: "start", Job: "pick"}).expect(CodeStarted)
	ben := f.person(RolePicker, "", 4)
	take := Act{Action: "start", Job: "pick", ID: string(list)}
	gone := f.leadWithPIN(RoleLead, "a PIN")
	f.must(SaveWorker{Worker: Worker{ID: gone, Name: "Gone", Roles: RoleLead, PIN: "a PIN", Disabled: true}})
	for _, by := range []WorkerID{"", f.worker(99), f.leadWithPIN(RoleLead, ""), f.leadWithPIN(RolePicker|RolePacker|RoleInspector|RoleIntegration, "a PIN"), gone} {
		ben.allowed(by, take).expect(CodeNotYours)
		if !ben.last.Override {
			t.Error("a lead may set this aside")
		}
	}
	ben.allowed(f.leadWithPIN(RoleLead, "a PIN"), take).expect(CodeResumed)
	if d := f.s.Devices[ben.device]; d.Job.ID != string(list) || d.Roles != RolePicker {
		t.Fatalf("%+v", d)
	}
	timeline := f.s.Orders[f.s.PickLists[list].Totes[0].Order].Timeline
	if last := timeline[len(timeline)-1]; last.What != "job_taken" || last.By == "" || last.Worker != ben.worker {
		t.Errorf("the timeline does not say whose word it was: %+v", last)
	}
	ben.follow()
}

// A truck that leaves parcels behind is a lead's to close, or closed on a lead's word; a plain worker goes on loading.
func TestWhoLeavesParcelsBehind(t *testing.T) {
	for _, role := range everyRole {
		if !mayStart["load"].Has(role) {
			continue
		}
		f := newShift(t)
		f.stock("A0-00", "MUG", 5)
		orders := []OrderID{f.order("1", "MUG", 1), f.order("2", "MUG", 1)}
		for _, id := range orders {
			f.wave("discrete", id)
			f.as(1, 1).act(Act{Action: "start", Job: "pick"}).expect(CodeStarted).follow()
			f.as(2, 2).act(Act{Action: "start", Job: "pack"}).expect(CodeStarted).follow()
		}
		dock := f.person(role, "", 3).act(Act{Action: "start", Job: "load"}).expect(CodeStarted)
		dock.scan(dock.next().Want[0].Code).expect(CodeLoaded)
		dock.act(Act{Action: "close"}).expect(CodeConfirm)
		yes := Act{Action: "answer", Ask: "leave_behind", Value: "yes"}
		if lead := role.Has(RoleLead | RoleAdmin); lead {
			dock.act(yes).expect(CodeDeparted)
			continue
		}
		dock.act(yes).expect(CodeNotAllowed)
		if first := dock.next().Ask.Options[0].ID; first != "no" || !dock.last.Override {
			t.Errorf("a %v is offered %s first, and a lead may help: %v", role.Names(), first, dock.last.Override)
		}
		dock.allowed(f.leadWithPIN(RoleAdmin, "a PIN"), yes).expect(CodeDeparted)
		left := f.s.Orders[orders[0]].Timeline
		if f.status(orders[0]) != OrderDispatched {
			left = f.s.Orders[orders[1]].Timeline
		}
		if last := left[len(left)-1]; last.By == "" {
			t.Errorf("the timeline does not say whose word it was: %+v", last)
		}
		f.sound()
	}
}

// What is too long ago to take back is taken back on a lead's word.
func TestUndoOnALeadsWord(t *testing.T) {
	f := newShift(t)
	f.stock("A0-00", "MUG", 5)
	f.wave("discrete", f.order("1", "MUG", 2))
	mia := f.as(1, 1).act(Act{Action: "start", Job: "pick"}).expect(CodeStarted)
	for mia.last.Code != CodePicked {
		mia.scan(mia.next().Want[0].Code)
	}
	f.now += UndoMS + 1
	mia.act(Act{Action: "undo"}).expect(CodeUndoLate)
	if !mia.last.Override {
		t.Error("a lead may set this aside")
	}
	mia.allowed(f.leadWithPIN(RoleLead, "a PIN"), Act{Action: "undo"}).expect(CodeUndone)
	if got := f.s.StockAt(InBin("A0-00"))[0].OnHand; got != 5 {
		t.Errorf("%d in the bin", got)
	}
	f.sound()
	mia.follow()
}
