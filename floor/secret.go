package floor

// Secret is a text that the house must know as it is, such as what a shop signs with. Memory holds it plain; on disk
// only its box lies, which the store seals under a key of the house's own: unlike a person it has no retention.
type Secret struct {
	Owner string `cbor:"1,keyasint,omitempty" json:"-"` // whose it is: a box moved to another owner does not open
	Box   []byte `cbor:"2,keyasint,omitempty" json:"-"`
	Plain string `cbor:"-" json:"-"`
}

// Guarded is a body or a record that holds secrets of the house.
type Guarded interface {
	Secrets() []*Secret
}

// Secrets gives the shop's secret. One that an older journal holds readable first moves to where it is sealed.
func (c *Channel) Secrets() []*Secret {
	if c.SecretReadable != "" {
		c.Secret, c.SecretReadable = Secret{Plain: c.SecretReadable}, ""
	}
	c.Secret.Owner = "channel/" + c.Code
	return []*Secret{&c.Secret}
}

// Secrets gives the shop's secret.
func (b *ChannelSaved) Secrets() []*Secret { return b.Channel.Secrets() }
