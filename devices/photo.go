package devices

import (
	"bytes"
	"encoding/binary"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"mime"
	"strings"
	"sync"

	"golang.org/x/image/draw"

	"floorline/floor"
)

// Photos come from cameras and from anybody who holds a token. What is kept is never what came in: the picture is
// decoded, turned as the camera says, made smaller and written anew, so that no place, no name and no hidden file stays.

// Limits of a photo that comes in, and what is kept of it.
const (
	PhotoBytes  = 8 << 20
	PhotoPixels = 12_600_000 // what a camera of twelve megapixels makes
	photoEdge   = 1600       // the longer edge of what is kept
	photoFine   = 82         // of JPEG's 100
)

// decoding lets one photo at a time be taken in: each needs up to 100 MB for a moment.
var decoding sync.Mutex

func badPhoto(code, say string) *floor.Error {
	return &floor.Error{Kind: floor.Invalid, Code: code, Say: say}
}

// photo takes the photo in a body. What it says to be must be what it is: a picture under another's name is somebody's
// mistake, or a trick.
func (c *call) photo() ([]byte, *floor.Error) {
	kept, bad := takePhoto(c.Body())
	said, _, _ := mime.ParseMediaType(c.Get("Content-Type"))
	if kind := pictureKind(c.Body()); bad == nil && strings.HasPrefix(said, "image/") && kind.name != said {
		return nil, &floor.Error{Kind: "media", Code: "photo_misnamed", Say: "it says to be " + clip(said) + " and is " + kind.name + ": send a JPEG or a PNG under its own name"}
	}
	return kept, bad
}

// takePhoto makes of what came in what is kept: a JPEG of ours, without any metadata.
func takePhoto(b []byte) ([]byte, *floor.Error) {
	kind := pictureKind(b)
	switch {
	case len(b) == 0:
		return nil, badPhoto("photo_empty", "the photo has no bytes: take it again")
	case len(b) > PhotoBytes:
		return nil, badPhoto("photo_too_large", "a photo has at most 8 MB: take it smaller")
	case kind == nil:
		return nil, badPhoto("not_a_photo", "that is no JPEG and no PNG")
	}
	c, err := kind.config(bytes.NewReader(b))
	switch {
	case err != nil:
		return nil, badPhoto("photo_broken", "the photo cannot be read: take it again")
	case c.Width < 1 || c.Height < 1 || c.Width > PhotoPixels/c.Height:
		return nil, badPhoto("photo_too_many_pixels", "a photo has at most 12 megapixels: take it smaller")
	}
	if end := kind.end(b); end < 0 || len(bytes.Trim(b[end:], "\x00")) > 0 {
		return nil, badPhoto("photo_not_whole", "the photo ends too early, or something follows it: take it again")
	}
	decoding.Lock()
	defer decoding.Unlock()
	m, err := kind.decode(bytes.NewReader(b))
	if err != nil {
		return nil, badPhoto("photo_broken", "the photo cannot be read: take it again")
	}
	var out bytes.Buffer
	if err := jpeg.Encode(&out, upright(smaller(m), kind.turned(b)), &jpeg.Options{Quality: photoFine}); err != nil {
		return nil, badPhoto("photo_broken", "the photo cannot be kept: "+err.Error())
	}
	return out.Bytes(), nil
}

// picture is a format that photos come in.
type picture struct {
	name   string
	config func(r *bytes.Reader) (image.Config, error)
	decode func(r *bytes.Reader) (image.Image, error)
	end    func(b []byte) int // where the picture ends; -1 where it does not
	turned func(b []byte) int // how the camera was held, as EXIF numbers it
}

func pictureKind(b []byte) *picture {
	switch {
	case bytes.HasPrefix(b, []byte("\xff\xd8\xff")):
		return &picture{"image/jpeg", func(r *bytes.Reader) (image.Config, error) { return jpeg.DecodeConfig(r) },
			func(r *bytes.Reader) (image.Image, error) { return jpeg.Decode(r) }, endOfJPEG, orientation}
	case bytes.HasPrefix(b, []byte("\x89PNG\r\n\x1a\n")):
		return &picture{"image/png", func(r *bytes.Reader) (image.Config, error) { return png.DecodeConfig(r) },
			func(r *bytes.Reader) (image.Image, error) { return png.Decode(r) }, endOfPNG, func([]byte) int { return 1 }}
	}
	return nil
}

// endOfPNG walks the chunks: length, name, data, checksum.
func endOfPNG(b []byte) int {
	for at := 8; at+12 <= len(b); {
		n := int(binary.BigEndian.Uint32(b[at:]))
		name := string(b[at+4 : at+8])
		if n > len(b)-at-12 {
			return -1
		}
		if at += 12 + n; name == "IEND" {
			return at
		}
	}
	return -1
}

// endOfJPEG walks the segments, and within a scan to the next marker.
func endOfJPEG(b []byte) int {
	for at := 2; at+1 < len(b); {
		if b[at] != 0xff {
			return -1
		}
		switch marker := b[at+1]; {
		case marker == 0xff: // fill
			at++
		case marker == 0xd9:
			return at + 2
		case marker == 0x01 || marker >= 0xd0 && marker <= 0xd7:
			at += 2
		default:
			next := segmentEnd(b, at)
			if next < 0 {
				return -1
			}
			if at = next; marker == 0xda {
				at = scanEnd(b, at)
			}
		}
	}
	return -1
}

// segmentEnd is where a segment that begins with its marker ends; its length counts itself.
func segmentEnd(b []byte, at int) int {
	if at+4 > len(b) {
		return -1
	}
	n := int(binary.BigEndian.Uint16(b[at+2:]))
	if n < 2 || at+2+n > len(b) {
		return -1
	}
	return at + 2 + n
}

// scanEnd is where the coded data ends that begins here: at a marker that is no restart and no stuffed byte.
func scanEnd(b []byte, at int) int {
	for ; at+1 < len(b); at++ {
		if c := b[at+1]; b[at] == 0xff && c != 0 && c != 0xff && (c < 0xd0 || c > 0xd7) {
			return at
		}
	}
	return len(b)
}

// orientation reads from a JPEG's EXIF how the camera was held: 1 to 8, and 1 where it does not say.
func orientation(b []byte) int {
	for at := 2; at+4 <= len(b) && b[at] == 0xff && b[at+1] != 0xda; {
		end := segmentEnd(b, at)
		if end < 0 {
			return 1
		}
		if tiff, ok := bytes.CutPrefix(b[at+4:end], []byte("Exif\x00\x00")); ok && b[at+1] == 0xe1 {
			return tiffOrientation(tiff)
		}
		at = end
	}
	return 1
}

// tiffOrientation is entry 0x0112 of the first directory.
func tiffOrientation(b []byte) int {
	var order binary.ByteOrder = binary.LittleEndian
	if bytes.HasPrefix(b, []byte("MM")) {
		order = binary.BigEndian
	}
	if len(b) < 14 {
		return 1
	}
	at := int(order.Uint32(b[4:]))
	if at < 8 || at > len(b)-2 {
		return 1
	}
	for i, n := 0, int(order.Uint16(b[at:])); i < n && at+2+12*(i+1) <= len(b); i++ {
		entry := b[at+2+12*i:]
		if v := int(order.Uint16(entry[8:])); order.Uint16(entry) == 0x0112 && v >= 1 && v <= 8 {
			return v
		}
	}
	return 1
}

// smaller brings a picture to what is kept: at most so long, on white.
func smaller(m image.Image) *image.RGBA {
	w, h := m.Bounds().Dx(), m.Bounds().Dy()
	if long := max(w, h); long > photoEdge {
		w, h = max(w*photoEdge/long, 1), max(h*photoEdge/long, 1)
	}
	out := image.NewRGBA(image.Rect(0, 0, w, h))
	draw.Draw(out, out.Bounds(), image.NewUniform(color.White), image.Point{}, draw.Src)
	draw.ApproxBiLinear.Scale(out, out.Bounds(), m, m.Bounds(), draw.Over, nil)
	return out
}

// upright turns a picture as the camera was held. EXIF 2.3, tag 0x0112: 3 is upside down, 6 and 8 lie on a side, the even
// ones up to 5 and 7 are mirrored.
func upright(m *image.RGBA, how int) *image.RGBA {
	w, h := m.Bounds().Dx(), m.Bounds().Dy()
	if how < 2 {
		return m
	}
	size := image.Rect(0, 0, w, h)
	if how >= 5 {
		size = image.Rect(0, 0, h, w)
	}
	out := image.NewRGBA(size)
	for y := range h {
		for x := range w {
			to := [9][2]int{2: {w - 1 - x, y}, 3: {w - 1 - x, h - 1 - y}, 4: {x, h - 1 - y}, 5: {y, x}, 6: {h - 1 - y, x}, 7: {h - 1 - y, w - 1 - x}, 8: {y, w - 1 - x}}[how]
			out.SetRGBA(to[0], to[1], m.RGBAAt(x, y))
		}
	}
	return out
}
