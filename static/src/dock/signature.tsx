import { useEffect, useRef, useState } from "preact/hooks";
import { post } from "../api";
import { sheet } from "../job/sheets";
import type { Session } from "../job/session";
import { say } from "../words";

// The driver signs on the screen, with a finger, a pen or a mouse. Strokes are sent, not a picture: they are small, and
// are drawn anew on paper in any size.

type Point = [number, number];
const NEAR = 2; // pixels: nearer points say nothing new

// pointIn gives where in the field a pointer is: the field keeps its size when the screen is turned, and is shown stretched.
export function pointIn(x: number, y: number, box: Pick<DOMRect, "left" | "top" | "width" | "height">, field: { width: number; height: number }): Point {
  const within = (n: number, shown: number, most: number) => Math.min(most, Math.max(0, shown > 0 ? Math.round((n * most) / shown) : 0));
  return [within(x - box.left, box.width, field.width), within(y - box.top, box.height, field.height)];
}

export function Signature({ s }: { s: Session }) {
  const id = s.next.value.show.manifest?.id ?? "";
  const canvas = useRef<HTMLCanvasElement>(null);
  const strokes = useRef<Point[][]>([]);
  const [any, setAny] = useState(false);
  const [name, setName] = useState("");
  const [fault, setFault] = useState("");
  const [sending, setSending] = useState(false);

  useEffect(() => {
    const c = canvas.current!;
    const box = c.getBoundingClientRect();
    c.width = Math.round(box.width);
    c.height = Math.round(box.height);
    const pen = c.getContext("2d")!;
    pen.lineWidth = 3;
    pen.lineCap = pen.lineJoin = "round";
    pen.strokeStyle = "#111";
  }, []);

  const at = (e: PointerEvent): Point => pointIn(e.clientX, e.clientY, canvas.current!.getBoundingClientRect(), canvas.current!);
  const begin = (e: PointerEvent) => {
    if (!e.isPrimary) return; // the palm lies on the screen beside the finger
    canvas.current!.setPointerCapture(e.pointerId);
    strokes.current.push([at(e)]);
  };
  const go = (e: PointerEvent) => {
    const stroke = strokes.current.at(-1);
    if (!stroke || !e.isPrimary || e.buttons === 0) return;
    const from = stroke.at(-1)!;
    const to = at(e);
    if (Math.hypot(to[0] - from[0], to[1] - from[1]) < NEAR) return;
    stroke.push(to);
    const pen = canvas.current!.getContext("2d")!;
    pen.beginPath();
    pen.moveTo(...from);
    pen.lineTo(...to);
    pen.stroke();
    setAny(true);
  };
  const clear = () => {
    strokes.current = [];
    setAny(false);
    canvas.current!.getContext("2d")!.clearRect(0, 0, canvas.current!.width, canvas.current!.height);
  };
  const send = async () => {
    const c = canvas.current!;
    setSending(true);
    setFault("");
    try {
      await post(`/manifests/${id}/signature`, { name: name.trim(), width: c.width, height: c.height, strokes: strokes.current }, { token: s.token });
      sheet.value = null;
    } catch (e) {
      setFault((e as Error).message);
    }
    setSending(false);
  };
  return (
    <form
      class="typed signature"
      onSubmit={(e) => {
        e.preventDefault();
      }}
    >
      <label>
        {say("dock.name")}
        <input data-testid="signature-name" value={name} maxLength={200} autocomplete="off" autocapitalize="words" spellcheck={false} onInput={(e) => setName(e.currentTarget.value)} />
      </label>
      <p id="sign-here">{say("dock.sign_here")}</p>
      <canvas ref={canvas} role="img" aria-labelledby="sign-here" data-testid="signature-field" onPointerDown={begin} onPointerMove={go} />
      {fault && (
        <p class="fault" role="alert">
          {fault}
        </p>
      )}
      <div class="options">
        <button type="button" class="primary" data-testid="signature-keep" disabled={!any || name.trim() === "" || sending} onClick={() => void send()}>
          {say(sending ? "dock.sending" : "dock.keep")}
        </button>
        <button type="button" data-testid="signature-clear" disabled={!any} onClick={clear}>
          {say("dock.clear")}
        </button>
      </div>
    </form>
  );
}
