import { useState } from "preact/hooks";
import { post } from "../api";
import { become, openKeep, type Me } from "../job/keep";
import { go } from "../route";
import { say } from "../words";
import { field, Form } from "./form";
import { KINDS, screenOf } from "./kinds";

// Pairing makes this browser a device of the floor. The code comes from a lead, by QR in the address's
// hash (which never leaves the browser) or typed. `#CODE&kind=bench&name=Bench%202` fills in the rest.

export async function pairHere(code: string, name: string, kind: string): Promise<Me> {
  await storable(kind); // before the code is spent
  const made = await post<{ id: string; token: string; name?: string; kind?: string }>("/devices", { pairing_code: code, name, kind });
  const self = { id: made.id, token: made.token, name: made.name ?? name, kind: made.kind ?? kind };
  const keep = await openKeep(self.kind);
  await become(keep, self);
  keep.close();
  return self;
}

async function storable(kind: string): Promise<void> {
  try {
    (await openKeep(kind)).close();
  } catch (e) {
    throw new Error(say("storage.none_why"), { cause: e });
  }
}

export function Pair() {
  const [code = "", ...rest] = location.hash.slice(1).split("&");
  const hints = new URLSearchParams(rest.join("&"));
  const [kind, setKind] = useState(hints.get("kind") ?? "handheld");
  const send = async (data: FormData) => {
    const name = field(data, "name");
    const self = await pairHere(field(data, "code"), name, kind);
    // A full load, so that the new device's session starts from nothing.
    location.assign(screenOf(self.kind));
  };
  return (
    <main class="door">
      <h1>{say("door.pair")}</h1>
      <Form onSend={send} send={say("door.pair.send")}>
        <label>
          {say("door.pair.code")}
          <input name="code" defaultValue={decodeURIComponent(code)} required autocomplete="off" autocapitalize="none" spellcheck={false} data-testid="code" />
        </label>
        <label>
          {say("door.pair.name")}
          <input name="name" defaultValue={hints.get("name") ?? ""} maxLength={40} placeholder={say("door.pair.example")} data-testid="name" />
        </label>
        <fieldset class="kinds">
          <legend>{say("door.pair.kind")}</legend>
          {KINDS.map((k) => (
            <label key={k}>
              <input type="radio" name="kind" value={k} checked={k === kind} onChange={() => setKind(k)} data-testid={`kind-${k}`} /> {say(`door.kind.${k}`)}
            </label>
          ))}
        </fieldset>
      </Form>
      <p>
        <a href="/" onClick={() => go("/")}>
          {say("door.back")}
        </a>
      </p>
    </main>
  );
}
