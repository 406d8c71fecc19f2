package floor

// subjectOf finds what a job is of, and says so where there is nothing to print of it.
func (t *turn) subjectOf(v AskPrint) (Print, *Error) {
	p := Print{What: v.What, Printer: v.Printer}
	switch v.What {
	case PrintTest:
		return p, nil // each is of itself
	case PrintSlip:
		return t.orderSubject(p, v.ID)
	case PrintBin:
		return known(p, v.ID, "bin", t.Bins[BinCode(v.ID)] != nil)
	case PrintTote:
		return known(p, v.ID, "tote", t.Totes[ToteCode(v.ID)] != nil)
	case PrintItem:
		return known(p, v.ID, "item", t.Items[SKU(v.ID)] != nil)
	case PrintLogistics:
		return t.palletSubject(p, v.ID)
	case PrintBadge:
		return p, refuse(Conflict, "badge_once", "a badge is shown once, when it is made: make a new one to print it")
	}
	return t.parcelSubject(p, v.ID)
}

func known(p Print, id, word string, there bool) (Print, *Error) {
	if !there {
		return p, refuse(NotFound, "no_"+word, "no "+word+" "+id)
	}
	p.Subject = id
	return p, nil
}

func (t *turn) orderSubject(p Print, id string) (Print, *Error) {
	o := t.Orders[OrderID(id)]
	if o == nil {
		return p, refuse(NotFound, "no_order", "no order "+id)
	}
	if o.Status == OrderCancelled {
		return p, refuse(Conflict, "order_cancelled", "the order is cancelled")
	}
	p.Subject = id
	return p, nil
}

func (t *turn) palletSubject(p Print, id string) (Print, *Error) {
	on := t.Pallet(id)
	if came, _ := t.ReceivedPallet(id); on == nil && came != nil {
		p.Subject = came.SSCC
		return p, nil
	}
	switch {
	case on == nil:
		return p, refuse(NotFound, "no_pallet", "no pallet "+id)
	case on.Status == PalletOpen:
		return p, refuse(Conflict, "pallet_open", "the pallet is still being filled: close it first, then its label says what is on it")
	}
	p.Subject = string(on.ID)
	return p, nil
}

func (t *turn) parcelSubject(p Print, id string) (Print, *Error) {
	found := t.parcelsBy(id)
	switch {
	case len(found) == 0:
		return p, refuse(NotFound, "no_parcel", "no parcel "+id)
	case len(found) > 1:
		return p, refuse(Conflict, "ambiguous", "two parcels have that number: name the parcel by its id")
	case found[0].Status == ParcelCancelled:
		return p, refuse(Conflict, "parcel_cancelled", "the parcel is cancelled")
	case found[0].Tracking == "":
		return p, refuse(Conflict, "no_label_yet", "the parcel is not closed yet, so it has no label")
	}
	p.Parcel = found[0].ID
	return p, nil
}
