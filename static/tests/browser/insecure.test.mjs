import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { FLAGS, at, page, scan } from "./browser.mjs";
import { look } from "./eyes.mjs";
import { House, unbuilt } from "./house.mjs";

// A house that speaks plain HTTP on its network, as closed scanner networks do: every page says what that means, and
// none of the work lies under it. The name makes the browser take this machine for another one.

FLAGS.push("--host-resolver-rules=MAP wedge.test 127.0.0.1");

const o = { skip: unbuilt, timeout: 180_000 };
const SAYS = "Not secure: anybody on this network can read along. No camera, no work out of reach.";

let house;
before(async () => {
  if (!unbuilt) house = await House.open("--https", "off", "--host", "wedge.test");
});
after(() => house?.close());

const overWedge = () => house.url.replace("127.0.0.1", "wedge.test");

// A browser itself says that it lets one of our headers be where a page is not secure; that is no fault of the page.
const OF_THE_BROWSER = /Cross-Origin-Opener-Policy header has been ignored/;

// warned is true of a page whose strip is whole, on top of everything, and over nothing.
async function warned(p, where) {
  const strip = p.getByTestId("insecure");
  assert.equal(await strip.textContent(), SAYS, where);
  const box = await strip.boundingBox();
  const { width, height } = p.viewportSize();
  assert.ok(box.x === 0 && box.y === 0 && box.width >= width - 20 && box.height < height / 8, `${where}: ${JSON.stringify(box)}`);
  const covered = await p.evaluate(([x, y]) => document.elementFromPoint(x, y)?.dataset.testid, [width / 2, box.height / 2]);
  assert.equal(covered, "insecure", `${where}: it is covered`);
  await p.evaluate(() => scrollTo(0, 0));
  const under = await p.evaluate((edge) => {
    const seen = [...document.querySelectorAll("#app :is(h1, h2, button, a, input, select, img)")].filter((el) => el.checkVisibility() && !el.closest(".visually-hidden, .hidden-title, .capture"));
    return { seen: seen.length, hidden: seen.filter((el) => el.getBoundingClientRect().top < edge - 1 && el.getBoundingClientRect().width > 1).map((el) => el.outerHTML.slice(0, 90)) };
  }, box.height);
  assert.ok(under.seen > 0, `${where}: nothing was looked at`);
  assert.deepEqual(under.hidden, [], `${where}: it covers these`);
  p.faults.splice(0, Infinity, ...p.faults.filter((f) => !OF_THE_BROWSER.test(f)));
  await look(p, `insecure ${where}`);
}

test("every page over plain HTTP says that anybody can read along", o, async () => {
  for (const width of [320, 360, 1280]) {
    const p = await page({ width, height: 720 });
    for (const door of ["/", "/signin", "/pair"]) {
      await p.goto(overWedge() + door);
      await p.locator("#app h1, #app form").first().waitFor();
      await warned(p, `${door} at ${width}`);
    }
  }
});

test("the desk and a handheld at work say it, and their work stands below it", o, async () => {
  const sup = await house.desk(); // the machine's own browser, at a loopback address
  assert.equal(await sup.getByTestId("insecure").count(), 0, "a page of this very machine is not warned of");
  const hand = await house.paired(sup, "Wedge", "handheld", { base: overWedge() });
  await warned(hand, "badge");
  await scan(hand, house.badges.Mia);
  await hand.getByTestId("worker").getByText("Mia").waitFor();
  await hand.setViewportSize({ width: 320, height: 560 });
  await warned(hand, "jobs at 320");
  await hand.getByTestId("menu").click();
  await hand.locator(".sheet").waitFor();
  await warned(hand, "a sheet at 320");
  const foot = await hand.locator(".sheet").boundingBox();
  assert.ok(foot.y + foot.height <= 561, "the sheet ends on the screen");

  for (const kind of ["bench", "dock"]) {
    const p = await house.paired(sup, `Wedge ${kind}`, kind, { base: overWedge() });
    await warned(p, kind);
    const work = await p.locator(".work").boundingBox();
    assert.ok(work.y + work.height <= 801, `the ${kind} ends on the screen: ${JSON.stringify(work)}`);
  }

  const desk = await page({ width: 1280, height: 900 });
  await desk.goto(`${overWedge()}/signin`);
  await desk.getByTestId("who").fill("Ana");
  await desk.getByTestId("pin").fill("2580");
  await desk.getByTestId("send").click();
  await desk.getByTestId("counts-received").waitFor();
  await warned(desk, "desk");
});
