package devices

import "floorline/floor"

// aboutReturns describes the routes of goods that come back.
func aboutReturns() map[string]shape {
	return map[string]shape{
		"GET /api/v1/returns":                  {about: "What comes back; status is that of its reception or of its money.", out: floor.ReturnView{}, list: true, query: byState},
		"POST /api/v1/returns":                 {about: "Announce a return: of an order (its id, or a parcel's id or tracking number) never more than was sent, or of none. anyway takes what is past the window or excluded. label is where the code to put on the parcel is.", in: returnBody{}, status: "200 201", out: floor.ReturnView{}},
		"GET /api/v1/returns/policy":           {about: "What is taken back, until when, who pays, and how units are judged.", out: floor.ReturnPolicy{}},
		"PUT /api/v1/returns/policy":           {about: "Set it. What is left out is as usual; a tree has at most four questions, each leading to a later one or to a grade A to D.", in: floor.ReturnPolicy{}, out: floor.ReturnPolicy{}},
		"GET /api/v1/returns/report":           {about: "What came back in the last days, by item, supplier (whose receipt the lot or serial came by, or the only one who ever delivered the item), reason, channel, packer, lot, disposition and grade, and what it cost less what it is still worth; permille of what was ordered or sent, a lot's by the month; reasons of each. serial_returners and mismatches are flagged, not judged.", out: floor.ReturnReport{}, query: []string{"days"}},
		"GET /api/v1/returns/:id":              {about: "A return: its reception, the verdict of each unit, and its money.", out: floor.ReturnView{}},
		"GET /api/v1/returns/:id/label.pdf":    {about: "What is put on the parcel that comes back: the house's address and the code that finds it at the bench.", bytes: pdfFile, query: sized},
		"POST /api/v1/returns/:id/settle":      {about: "Its money: propose, approve, send or refuse. outcome full, partial, replacement, refuse or send_back and amount_cents replace what the policy proposed. Approved, send_back makes an order (sent_back_with) that brings what is in quarantine back to who sent it, for a fee. Who approves is held to a limit.", in: settleReturnBody{}, need: []string{"verb"}, out: floor.ReturnView{}},
		"POST /api/v1/returns/:id/cancel":      {about: "It will not come.", in: reasonBody{}, out: floor.ReturnView{}},
		"POST /api/v1/orders/:id/return-link":  {about: "A link by which its customer announces a return, unguessable and shown once; the one before leads nowhere from then on.", status: "201", out: linkView{}},
		"POST /api/v1/returns/:id/photos":      {about: "A photo of a unit (unit, or the one in the hand), as the bytes of a JPEG or a PNG. It is made anew; what the camera wrote into it is not kept.", file: "image/jpeg", query: []string{"unit"}, status: "201", out: floor.ReturnView{}},
		"GET /api/v1/returns/:id/photos/:hash": {about: "A photo of this return.", bytes: "image/jpeg"},
		"GET /r/:token":                        {about: "The customer's page: what may be sent back, and the form to announce it.", bytes: "text/html"},
		"POST /r/:token":                       {about: "The form, sent.", status: "201", bytes: "text/html"},
		"GET /r/:token/:id.pdf":                {about: "The label of a return of the link's own order.", bytes: pdfFile},
		"GET /r.css":                           {about: "How the customer's page looks.", bytes: "text/css"},
		"POST /api/v1/returns/:id/refuse":      {about: "It was not taken at the door and goes back as it came.", in: reasonBody{}, out: floor.ReturnView{}},
	}
}
