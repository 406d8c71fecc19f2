package floor

// The verdicts of the dock beside the old ones, with the kinds of its events.

// What the dock says.
const (
	CodeVoided      Code = "label_void"
	CodeHeld        Code = "order_held"
	CodeNotPlanned  Code = "not_planned"
	CodeOnPallet    Code = "on_pallet"
	CodePalletOpen  Code = "pallet_opened"
	CodePalletOn    Code = "pallet_filled"
	CodePalletTwice Code = "pallet_has_it"
	CodePalletOff   Code = "pallet_taken_off"
	CodePalletDone  Code = "pallet_closed"
	CodePalletBad   Code = "pallet_not_whole"
	CodePalletEmpty Code = "pallet_empty"
	CodePlacedAt    Code = "put_down"
	CodeUnloadNext  Code = "unload_next"
	CodeLoadNext    Code = "load_next"
	CodeUnloaded    Code = "unloaded"
	CodeNotAboard   Code = "not_on_board"
	CodeDoorTaken   Code = "door_taken"
	CodeDoorChoose  Code = "door_choose"
	CodeDoorBusy    Code = "door_busy"
	CodeDoorFirst   Code = "door_first"
	CodeVehicle     Code = "vehicle_noted"
	CodeSeal        Code = "seal_noted"
	CodeProofFirst  Code = "proof_first"
)

func init() {
	for code, class := range map[Code]Class{
		CodeWrongTruck: Stop, CodeVoided: Stop, CodePalletBad: Stop,
		CodePalletOpen: Accepted, CodePalletOn: Accepted, CodePalletOff: Accepted, CodePalletDone: Accepted,
		CodePlacedAt: Accepted, CodeUnloadNext: Note, CodeLoadNext: Accepted, CodeUnloaded: Accepted, CodeDoorTaken: Accepted,
		CodeDoorChoose: Choose, CodeVehicle: Accepted, CodeSeal: Accepted,
	} {
		classes[code] = class
	}
}

// The events of the dock.
const (
	KindVehicleNoted     Kind = 165
	KindManifestDocked   Kind = 166
	KindUnloadTurned     Kind = 167
	KindPalletOpened     Kind = 168
	KindPalletFilled     Kind = 169
	KindPalletEmptied    Kind = 170
	KindPalletMoved      Kind = 171
	KindPalletLeft       Kind = 172
	KindPutDown          Kind = 173
	KindLeftBehind       Kind = 174
	KindProofTaken       Kind = 175
	KindManifestReopened Kind = 176
	KindParcelsPlanned   Kind = 177
	KindParcelRerouted   Kind = 178
	KindDoorTaken        Kind = 179
)

// TablePallet is the table of pallets.
const TablePallet Table = 165

func init() {
	tables[TablePallet] = rows(func(s *State) map[PalletID]*Pallet { return s.Pallets })
}
