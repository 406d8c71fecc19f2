package floor

import "encoding/json"

// encode makes the kept body of an API answer, so that a repeat is answered to the byte.
func (a *Answer) encode() []byte {
	body, err := json.Marshal(a.Result)
	if err != nil {
		panic("floor: an answer that is no JSON: " + err.Error())
	}
	return body
}
