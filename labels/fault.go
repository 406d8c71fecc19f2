package labels

import (
	"errors"
	"fmt"
)

// maxFaults bounds what one error tells: the first ones show the pattern.
const maxFaults = 50

// joined is one error for all faults, each told once, or nil.
func joined(all []error) error {
	var faults []error
	told := map[string]bool{}
	for _, fault := range all {
		if !told[fault.Error()] {
			told[fault.Error()] = true
			faults = append(faults, fault)
		}
	}
	if len(faults) > maxFaults {
		faults = append(faults[:maxFaults:maxFaults], fmt.Errorf("labels: and %d more faults", len(faults)-maxFaults))
	}
	return errors.Join(faults...)
}

// need reports an empty field that the label cannot do without.
func (p *page) need(field, s string) {
	if s == "" {
		p.fail(fmt.Errorf("labels: %s is missing", field))
	}
}

// atLeast reports a count that cannot be.
func (p *page) atLeast(field string, n, least int) {
	if n < least {
		p.fail(fmt.Errorf("labels: %s is %d, at least %d", field, n, least))
	}
}

// between reports a count out of bounds.
func (p *page) between(field string, n, least, most int) {
	if n < least || n > most {
		p.fail(fmt.Errorf("labels: %s has %d entries, from %d to %d", field, n, least, most))
	}
}
