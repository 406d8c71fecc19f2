import { useRef } from "preact/hooks";
import { post } from "../api";
import { go, query } from "../route";
import { say } from "../words";
import { field, Form } from "./form";

const BADGE = /^U[0-9A-Z]{16}-?[0-9A-Z]$/;

// A person at a browser. A badge may be scanned into the first field: the scanner's Enter moves on to the
// PIN instead of sending half a form.

export function SignIn() {
  const pin = useRef<HTMLInputElement>(null);
  const send = async (data: FormData) => {
    const who = field(data, "who");
    const name = BADGE.test(who) ? { badge: who } : { name: who };
    await post("/sessions", { ...name, pin: field(data, "pin") });
    const to = query.value.get("to") ?? "/floor";
    go(to.startsWith("/") && !to.startsWith("//") ? to : "/floor", true);
  };
  const onKey = (e: KeyboardEvent) => {
    if (e.key !== "Enter" || pin.current?.value) return;
    e.preventDefault();
    pin.current?.focus();
  };
  return (
    <main class="door">
      <h1>{say("door.signin")}</h1>
      <Form onSend={send} send={say("door.signin")}>
        <label>
          {say("door.who")}
          <input name="who" required autocomplete="username" onKeyDown={onKey} data-testid="who" ref={focusOnce} />
        </label>
        <label>
          {say("door.secret")}
          <input ref={pin} name="pin" type="password" required autocomplete="current-password" data-testid="pin" />
        </label>
      </Form>
      <p>
        <a href="/">{say("door.back")}</a>
      </p>
    </main>
  );
}

const focusOnce = (el: HTMLInputElement | null): void => el?.focus();
