package intake

import "testing"

// The same order further down in another file is the same; one unit more is not.
func TestFingerprint(t *testing.T) {
	of := func(file string) [16]byte {
		r := Orders("csv", []byte(file), Options{})
		return r.Orders[len(r.Orders)-1].Fingerprint()
	}
	a := of(orderHead + "1,Ada,DE,A,2,1.50,EUR\n")
	if b := of(orderHead + "7,Bob,FR,A,1,,\n\n1,Ada,DE,A,2,1.5,EUR\n"); a != b {
		t.Error("the same order further down has another fingerprint")
	}
	for _, file := range []string{"1,Ada,DE,A,3,1.50,EUR\n", "1,Ada,FR,A,2,1.50,EUR\n", "1,Ada,DE,B,2,1.50,EUR\n", "1,Ada,DE,A,2,1.51,EUR\n"} {
		if of(orderHead+file) == a {
			t.Errorf("%q has the fingerprint of another order", file)
		}
	}
}
