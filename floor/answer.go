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

// MarshalJSON shows what an item does not have as empty lists: who reads them need not ask for null first.
// They are not kept so, because a hundred thousand items lie in memory.
func (it Item) MarshalJSON() ([]byte, error) {
	type plain Item
	it.Barcodes, it.SizeMM = orEmpty(it.Barcodes), orEmpty(it.SizeMM)
	if it.Attributes == nil {
		it.Attributes = map[string]string{}
	}
	return json.Marshal(plain(it))
}

// MarshalJSON shows a carton whose sizes nobody gave with empty lists.
func (c Carton) MarshalJSON() ([]byte, error) {
	type plain Carton
	c.InnerMM, c.OuterMM = orEmpty(c.InnerMM), orEmpty(c.OuterMM)
	return json.Marshal(plain(c))
}
