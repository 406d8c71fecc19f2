import { Icon } from "../look/icons";
import type { Next, Show } from "../wire";
import { say } from "../words";

// What a packer must heed: what the shop, the order and the items ask for, the gift text, and how to hold the goods. It
// stands beside the work all the time, large enough for two metres.

export function Heed({ n }: { n: Next }) {
  const { instructions = [], gift } = n.show;
  if (instructions.length === 0 && !gift) return null;
  return (
    <section class="heed" data-testid="heed">
      {instructions.length > 0 && (
        <>
          <h2>{say("bench.instructions")}</h2>
          <ul>
            {instructions.map((text) => (
              <li key={text}>{text}</li>
            ))}
          </ul>
        </>
      )}
      {gift && (
        <>
          <h2>{say("bench.gift")}</h2>
          <p class="gift" data-testid="gift">
            {gift}
          </p>
        </>
      )}
    </section>
  );
}

// Hints are how the item in the hand is held.
export function Hints({ show }: { show: Show }) {
  const { fragile, keep_flat } = show.item ?? {};
  if (!fragile && !keep_flat) return null;
  return (
    <p class="hints" data-testid="hints">
      {fragile && (
        <b>
          <Icon name="choose" /> {say("bench.fragile")}
        </b>
      )}
      {keep_flat && (
        <b>
          <Icon name="box" /> {say("bench.flat")}
        </b>
      )}
    </p>
  );
}
