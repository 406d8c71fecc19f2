package floor

// LoadRules are what the house wants of every load. All are off at first: then the dock scans parcels and shuts the door.
type LoadRules struct {
	LoadDoor    bool   `cbor:"165,keyasint,omitempty" json:"load_door"`    // a door is scanned first, where the house has any
	LoadVehicle bool   `cbor:"166,keyasint,omitempty" json:"load_vehicle"` // the vehicle's plate is noted first
	LoadSeal    bool   `cbor:"167,keyasint,omitempty" json:"load_seal"`    // the seal's number is noted before it leaves
	LoadProof   string `cbor:"168,keyasint,omitempty" json:"load_proof"`   // none, photo, signature or both; "" is none
}

// What a load is proved with.
const (
	ProofNone      = "none"
	ProofPhoto     = "photo"
	ProofSignature = "signature"
	ProofBoth      = "both"
)

func (r LoadRules) photo() bool     { return r.LoadProof == ProofPhoto || r.LoadProof == ProofBoth }
func (r LoadRules) signature() bool { return r.LoadProof == ProofSignature || r.LoadProof == ProofBoth }

// LoadChanges are the rules that a change of the site gives; those left out stay as they are.
type LoadChanges struct {
	Door, Vehicle, Seal *bool
	Proof               *string
}

func (c LoadChanges) check(f *faults) {
	if c.Proof != nil && !oneOf(*c.Proof, []string{ProofNone, ProofPhoto, ProofSignature, ProofBoth}) {
		f.add("/load_proof", "bad_value", "none, photo, signature or both")
	}
}

func (c LoadChanges) on(r LoadRules) LoadRules {
	for _, one := range []struct {
		to   *bool
		from *bool
	}{{&r.LoadDoor, c.Door}, {&r.LoadVehicle, c.Vehicle}, {&r.LoadSeal, c.Seal}} {
		if one.from != nil {
			*one.to = *one.from
		}
	}
	if c.Proof != nil {
		r.LoadProof = *c.Proof
	}
	if r.LoadProof == ProofNone {
		r.LoadProof = ""
	}
	return r
}
