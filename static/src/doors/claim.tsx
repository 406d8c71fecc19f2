import { post } from "../api";
import { go } from "../route";
import { say } from "../words";
import { field, Form } from "./form";

// The first start: whoever holds the printed link becomes the first admin.

export function Claim() {
  const send = async (data: FormData) => {
    await post("/claim", { code: field(data, "code"), name: field(data, "name"), pin: field(data, "pin") });
    go("/floor", true);
  };
  return (
    <main class="door">
      <h1>{say("door.claim")}</h1>
      <p>{say("door.claim.why")}</p>
      <Form onSend={send} send={say("door.claim.send")}>
        <label>
          {say("door.claim.code")}
          <input name="code" defaultValue={decodeURIComponent(location.hash.slice(1))} required autocomplete="off" data-testid="code" />
        </label>
        <label>
          {say("door.your_name")}
          <input name="name" required maxLength={80} autocomplete="name" data-testid="name" />
        </label>
        <label>
          {say("door.secret")}
          <input name="pin" type="password" required autocomplete="new-password" data-testid="pin" />
        </label>
      </Form>
    </main>
  );
}
