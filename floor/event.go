package floor

// Event is something that has happened. Events are the journal; the state is what they add up to.
type Event struct {
	Seq     uint64
	At      Time
	Device  DeviceID
	Worker  WorkerID
	Command string
	Origin  string // how the code came that led to it: camera, typed or tapped; "" is the scanner, or no scan
	Body    Body
	// AuthorisedBy is the lead who allowed, with a PIN, what the worker alone may not do.
	AuthorisedBy WorkerID
}

// Body is what happened. Bodies live in the file of their word, travel as CBOR with integer keys, and are
// append-only: a key or a kind once used never gets another meaning.
type Body interface {
	Kind() Kind
	apply(s *State, e *Event)
}

// Personal is a body that carries personal data; the store seals each part under its owner's key.
type Personal interface {
	Privates() []*Private
}

// Private is one person's data, belonging to one order. In memory Person is open; on disk only Box is
// written, sealed under the order's key. Person is nil once the person has been erased.
type Private struct {
	Owner  string  `cbor:"1,keyasint" json:"-"`
	Bucket string  `cbor:"2,keyasint,omitempty" json:"-"`
	Key    []byte  `cbor:"3,keyasint,omitempty" json:"-"` // the owner's key, wrapped under the bucket's
	Box    []byte  `cbor:"4,keyasint,omitempty" json:"-"`
	Person *Person `cbor:"-" json:"-"`
}

// Person is whom a parcel goes to.
type Person struct {
	Name     string   `cbor:"1,keyasint,omitempty" json:"name,omitempty"`
	Company  string   `cbor:"2,keyasint,omitempty" json:"company,omitempty"`
	Lines    []string `cbor:"3,keyasint,omitempty" json:"lines,omitempty"`
	City     string   `cbor:"4,keyasint,omitempty" json:"city,omitempty"`
	Region   string   `cbor:"5,keyasint,omitempty" json:"region,omitempty"`
	Postcode string   `cbor:"6,keyasint,omitempty" json:"postcode,omitempty"`
	Country  string   `cbor:"7,keyasint,omitempty" json:"country,omitempty"`
	Phone    string   `cbor:"8,keyasint,omitempty" json:"phone,omitempty"`
	Email    string   `cbor:"9,keyasint,omitempty" json:"email,omitempty"`
	Note     string   `cbor:"10,keyasint,omitempty" json:"note,omitempty"` // to the packer: a gift text, a wish
	Label    []byte   `cbor:"150,keyasint,omitempty" json:"-"`             // alone: the bytes of a bought label, on which the rest stands
}

// Kind numbers an event body for ever.
type Kind uint16

// The kinds. Append only; never reuse a number.
const (
	KindAnswered Kind = iota + 1
	KindTicked
	KindSiteSaved
	KindSiteMarked
	KindLayoutSaved
	KindServiceSaved
	KindChannelSaved
	KindItemSaved
	KindBinSaved
	KindTotesMade
	KindCartonSaved
	KindAdjusted
	KindOrderCreated
	KindOrderUpdated
	KindOrderMoved
	KindImportNoted
	KindWaveReleased
	KindWaveMoved
	KindJobTaken
	KindLossTold
	KindPickListMoved
	KindToteTaken
	KindBinReached
	KindPicked
	KindStepUndone
	KindLineShorted
	KindLinesAdded
	KindLineSkipped
	KindLinePlaced
	KindLinesCancelled
	KindListStaged
	KindPackOpened
	KindPackConfirmed
	KindPackLeft
	KindPackEnded
	KindPackShorted
	KindPackSerialDue
	KindParcelOpened
	KindUnitsPacked
	KindUnitsUnpacked
	KindCartonChosen
	KindParcelClosing
	KindParcelClosed
	KindParcelMoved
	KindParcelTracked
	KindManifestOpened
	KindManifestLeft
	KindManifestAsked
	KindManifestDeparted
	KindParcelLoaded
	KindParcelUnloaded
	KindPrintQueued
	KindPrintMoved
	KindWorkerSaved
	KindDeviceSaved
	KindDeviceRemoved
	KindSignedIn
	KindSignedOut
	KindSignInFailed
	KindCredentialMade
	KindCredentialDropped
	KindPairingMade
	KindPairingUsed
	KindExceptionRaised
	KindExceptionClosed
	KindPutBack
	KindArchived
	KindRecalled
	KindWallSaved
	KindSortOpened
	KindSlotLit
	KindUnitsSorted
	KindSortShorted
	KindSortUndone
	KindSortLeft
	KindSortEnded
	KindListPassed
	KindCartonsSuggested
	KindDeviceTold
	KindStockDoubted
	KindBackordered
	KindStockKept
	KindKeptDropped
	KindPartChosen
	KindToteFilled
	KindOddSeen
	KindZeroAsked
	KindUnitsDamaged
	KindPromisesSwapped
	KindAisleBlocked
	KindWalkChanged
	KindPutBackOpened
	KindPutBackHeld
	KindPutBackPlaced
	KindPutBackUndone
	KindPutBackLeft
	KindWaveGrown
	KindWaveLeft
	KindAutoReleaseSet
	KindChangeUnheard
	KindScansMissed
	KindMissingCounted
	KindScannerSet
	KindScannerDrifted
	KindLotAsked
)

type kindInfo struct {
	name  string
	topic string
	empty func() Body
}

var kinds = map[Kind]kindInfo{}

// kind enters a body in the table; each file does it for its own bodies.
func kind(k Kind, name, topic string, empty func() Body) Kind {
	if _, twice := kinds[k]; twice {
		panic("floor: event kind entered twice: " + name)
	}
	kinds[k] = kindInfo{name, topic, empty}
	return k
}

// NewBody is an empty body of a kind, to decode into; nil for a kind this version does not know.
func NewBody(k Kind) Body {
	if info, ok := kinds[k]; ok {
		return info.empty()
	}
	return nil
}

// String is the kind's stable name, such as "line_picked".
func (k Kind) String() string { return kinds[k].name }

// Topic is the live topic that the kind belongs to, or "" for none.
func (k Kind) Topic() string { return kinds[k].topic }

var _ = kind(KindAnswered, "answered", "", func() Body { return new(Answered) })
