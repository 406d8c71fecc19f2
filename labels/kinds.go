package labels

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
)

// Kind is one sort of label or paper: its name, the sizes it is made for (the first is the usual one),
// whether a thermal printer can have it as ZPL, and an example of its data.
type Kind struct {
	Name    string
	Sizes   []Size
	ZPL     bool
	Example any

	render func(data []byte, zpl bool, size Size, dpi int) ([]byte, error)
}

// Kinds lists all kinds, in the order of the contract.
func Kinds() []Kind {
	return []Kind{
		stickerKind("shipping", "Shipping labels", exampleShipping(), Size4x6, SizeA6, Size100x150),
		documentKind("slip", exampleSlip(), SizeA4, SizeA5, Size4x6),
		documentKind("picklist", examplePickList(), SizeA4, SizeA5),
		stickerKind("bin", "Bin labels", exampleBin(), Size62x29, Size100x50, SizeA4),
		stickerKind("tote", "Tote labels", exampleTote(), Size100x50, Size62x29, SizeA4),
		stickerKind("item", "Item labels", exampleItem(), Size62x29, Size100x50, SizeA4),
		stickerKind("badge", "Badges", exampleBadge(), SizeCard, Size100x50, SizeA4),
		documentKind("manifest", exampleManifest(), SizeA4, SizeA5),
		documentKind("demo", exampleDemo(), SizeA4),
		documentKind("calibration", ExampleCalibration(), SizeA4),
		stickerKind("return", "Return labels", exampleReturn(), Size4x6, SizeA6),
		stickerKind("logistics", "Logistic labels", exampleLogistics(), SizeA5, SizeA6, Size4x6),
		formKind("customs", customsTitle, exampleCustoms(), Size4x6, SizeA6, SizeA5),
		stickerKind("hazard", "Marks of dangerous goods", exampleHazard(), Size4x6, SizeA6, SizeA5),
		documentKind("countsheet", exampleCountSheet(), SizeA4, SizeA5),
		documentKind("invoice", exampleInvoice(), SizeA4, SizeA5),
		documentKind("commands", exampleCommands(), SizeA4, SizeA5, SizeWrist),
	}
}

// KindNamed finds a kind.
func KindNamed(name string) (Kind, bool) {
	for _, k := range Kinds() {
		if k.Name == name {
			return k, true
		}
	}
	return Kind{}, false
}

// Render makes the bytes from JSON: one object, or a list of them for a batch. An empty size is the usual
// one. Unknown keys are refused: a misspelt field would be a label without it.
func (k Kind) Render(data []byte, zpl bool, size Size, dpi int) ([]byte, error) {
	if zpl && !k.ZPL {
		return nil, fmt.Errorf("labels: %s is for paper: there is no ZPL of it", k.Name)
	}
	if size == "" {
		size = k.Sizes[0]
	}
	return k.render(data, zpl, size, dpi)
}

// stickerKind is a kind whose labels each are a single picture.
func stickerKind[T sticker](name, title string, example T, sizes ...Size) Kind {
	return pictured(stickers[T], name, title, example, sizes)
}

// formKind is a kind whose labels each fill as many pages as they need.
func formKind[T form](name, title string, example T, sizes ...Size) Kind {
	return pictured(forms[T], name, title, example, sizes)
}

// pictured is a kind of which a batch can be had as PDF and as ZPL.
func pictured[T any](lay layout[T], name, title string, example T, sizes []Size) Kind {
	k := Kind{Name: name, Sizes: sizes, ZPL: true, Example: example}
	k.render = func(data []byte, zpl bool, size Size, dpi int) ([]byte, error) {
		list, err := decode[T](data)
		if err != nil {
			return nil, err
		}
		return rendered(lay, title, list, zpl, size, dpi)
	}
	return k
}

// document is a kind on paper, as many pages as it needs.
type document interface {
	PDF(size Size, dpi int) ([]byte, error)
}

func documentKind[T document](name string, example T, sizes ...Size) Kind {
	k := Kind{Name: name, Sizes: sizes, Example: example}
	k.render = func(data []byte, _ bool, size Size, dpi int) ([]byte, error) {
		var d T
		if err := strictly(data, &d); err != nil {
			return nil, err
		}
		return d.PDF(size, dpi)
	}
	return k
}

// decode reads one T or a list of them, strictly.
func decode[T any](data []byte) ([]T, error) {
	var list []T
	trimmed := bytes.TrimSpace(data)
	if len(trimmed) > 0 && trimmed[0] != '[' {
		list = make([]T, 1)
		return list, strictly(trimmed, &list[0])
	}
	return list, strictly(trimmed, &list)
}

func strictly(data []byte, into any) error {
	d := json.NewDecoder(bytes.NewReader(data))
	d.DisallowUnknownFields()
	if err := d.Decode(into); err != nil {
		if errors.Is(err, io.EOF) {
			return errors.New("labels: no data: give one JSON object or a list of them")
		}
		return fmt.Errorf("labels: the data is not right: %w", err)
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return errors.New("labels: something follows the data")
	}
	return nil
}
