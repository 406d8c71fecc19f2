import { post } from "../api";
import { go } from "../route";
import { field, Form } from "./form";

// The first start: whoever holds the printed link becomes the first admin.

export function Claim() {
  const send = async (data: FormData) => {
    await post("/claim", { code: field(data, "code"), name: field(data, "name"), pin: field(data, "pin") });
    go("/floor", true);
  };
  return (
    <main class="door">
      <h1>Claim this floor</h1>
      <p>You will be its first admin.</p>
      <Form onSend={send} send="Claim">
        <label>
          Claim code
          <input name="code" defaultValue={decodeURIComponent(location.hash.slice(1))} required autocomplete="off" data-testid="code" />
        </label>
        <label>
          Your name
          <input name="name" required maxLength={80} autocomplete="name" data-testid="name" />
        </label>
        <label>
          PIN or password
          <input name="pin" type="password" required autocomplete="new-password" data-testid="pin" />
        </label>
      </Form>
    </main>
  );
}
