// Answering on a page in a real browser: with the keyboard alone and without scripts, and readable by everyone.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { after, before, describe, test } from "node:test";
import { HtmlValidate } from "html-validate";
import { launch, schemes, unfold, widths } from "./browser.js";
import { enter, serve, stopAll, walk } from "./form.js";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
/** A title is as long as its question, and boxes of one name are one answer. */
const rules = { "long-title": "off", "form-dup-name": ["error", { shared: ["radio", "checkbox", "submit"] }] };

let browser;
before(async () => (browser = await launch()));
after(() => Promise.all([browser.close(), stopAll()]));

async function window(options) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  const tab = await context.newPage();
  const heard = [];
  tab.on("console", (message) => heard.push(message.text()));
  tab.on("pageerror", (error) => heard.push(String(error)));
  tab.on("request", (request) => new URL(request.url()).hostname === "127.0.0.1" || heard.push(request.url()));
  return { tab, heard, close: () => context.close() };
}

test("the ten-minute check, by keyboard alone and without scripts", async () => {
  const site = await serve("--questionnaire", "ten-minute-check");
  const { tab, heard, close } = await window({ javaScriptEnabled: false });
  const keys = new Keyboard(tab);
  await enter(tab, site);
  assert.ok(!(await tab.locator("script").count()));

  // The first mistake: the page is sent empty, and the summary leads to what is missing.
  await keys.press("Save and continue");
  assert.match(await tab.title(), /^Error: /);
  assert.ok(await tab.getByRole("alert").evaluate((alert) => alert === document.activeElement));
  await keys.follow("Enter the name of your organisation");
  await tab.keyboard.type("Northmoor & Vale");
  await keys.to(tab.locator("input[name=kind]").first());
  await tab.keyboard.press("ArrowDown");
  await keys.press("Save and continue");

  let [asked, mistaken] = [0, false];
  while (new URL(tab.url()).pathname !== "/check") {
    assert.ok(++asked < 80, "the check comes to an end");
    if (!mistaken && (await tab.locator("input[name=typed]").count())) {
      // The second mistake stays: the person skips the question.
      await keys.to(tab.locator("input[name=typed]"));
      await tab.keyboard.type("61 of 60");
      await keys.enter();
      assert.match(await tab.title(), /^Error: /);
      assert.equal(await tab.getByText("“61 of 60” cannot be").count(), 2);
      await keys.press("Skip for now");
      mistaken = true;
      continue;
    }
    await answer(tab, keys);
    await keys.press("Save and continue");
    assert.doesNotMatch(await tab.title(), /^Error: /);
  }
  assert.ok(asked > 16, `${asked} pages`);
  await tab.getByText("One question has no answer yet").waitFor();
  await keys.follow("Make the report");
  await keys.follow("Read the report");
  assert.equal(await tab.getByRole("heading", { level: 1 }).textContent(), "Northmoor & Vale");
  assert.match(readFileSync(site.file, "utf8"), /^name = "Northmoor & Vale"$/m);
  assert.deepEqual(heard, []);
  await close();
  assert.equal(await site.stop(), 0);
});

/** Answers whatever is asked, in the way of its kind. */
async function answer(tab, keys) {
  const typed = tab.locator("input[name=typed]");
  const day = tab.locator("input[name=answer-day]");
  const boxes = tab.locator("input[name=choice]");
  if (await typed.count()) {
    await keys.to(typed);
    await tab.keyboard.type("57 of 60");
  } else if (await day.count()) {
    await keys.to(day);
    for (const part of ["1", "5", "2026"]) {
      await tab.keyboard.type(part);
      await tab.keyboard.press("Tab");
    }
  } else if (await boxes.count()) {
    await keys.to(boxes.first());
    await tab.keyboard.press("Space");
  } else {
    const radios = tab.locator("input[type=radio][name=answer]");
    const chosen = radios.and(tab.locator(":checked"));
    await keys.to((await chosen.count()) ? chosen : radios.first());
    await tab.keyboard.press("Space");
    if (!(await chosen.count())) await tab.keyboard.press("ArrowDown");
  }
}

/** A person who has no mouse. */
class Keyboard {
  constructor(tab) {
    this.tab = tab;
  }

  /** Presses Tab until something has the focus. */
  async to(locator) {
    for (let presses = 0; presses < 200; presses++) {
      if (await locator.evaluate((element) => element === document.activeElement)) return;
      await this.tab.keyboard.press("Tab");
    }
    assert.fail(`the keyboard does not reach ${locator}`);
  }

  /** Presses Enter, which leads to another page. */
  async enter() {
    const gone = this.tab.waitForEvent("framenavigated");
    await this.tab.keyboard.press("Enter");
    await gone;
    await this.tab.waitForLoadState();
  }

  async press(name) {
    await this.to(this.tab.getByRole("button", { name, exact: true }));
    await this.enter();
  }

  async follow(name) {
    await this.to(this.tab.getByRole("link", { name, exact: true }));
    await this.enter();
  }
}

describe("every page of the form", { concurrency: 2 }, () => {
  for (const scheme of schemes) test(`breaks no rule of accessibility in ${scheme.name}`, () => look(scheme));
});

async function look(scheme) {
  const site = await serve();
  const { tab, heard, close } = await window(scheme);
  await enter(tab, site);
  for (const [name, go] of walk) {
    await go(tab, site);
    if (scheme.name === "light" && name !== "ended") {
      await isValid(name, await tab.context().request.get(tab.url()).then((page) => page.text()));
    }
    await tab.evaluate(axe);
    for (const width of widths) {
      await tab.setViewportSize({ width, height: 900 });
      await unfold(tab, true);
      assert.deepEqual(await tab.evaluate(violations, tags), [], `${name} at ${width} px`);
      const wide = await tab.evaluate(() => document.scrollingElement.scrollWidth);
      assert.ok(wide <= width, `${name} is ${wide} px wide on a screen of ${width} px`);
    }
  }
  // A page that is not there is not there for the console either.
  assert.deepEqual(heard.filter((words) => !words.includes("404")), []);
  await close();
  assert.equal(await site.ended, 0, "the program has ended, as the person asked");
}

async function isValid(name, html) {
  const { results } = await new HtmlValidate({ extends: ["html-validate:recommended"], rules }).validateString(html);
  const messages = results.flatMap((result) => result.messages);
  assert.deepEqual(messages.map((m) => `${name} ${m.line}:${m.column} ${m.ruleId}: ${m.message}`), []);
}

/** Runs in the page. */
async function violations(tags) {
  const { violations } = await axe.run({ runOnly: { type: "tag", values: tags }, resultTypes: ["violations"] });
  return violations.map((rule) => `${rule.id}: ${rule.nodes.slice(0, 3).map((node) => node.html).join(" | ")}`);
}

test("the address opens one browser, and no page stays in its memory", async () => {
  const site = await serve();
  const first = await window();
  await enter(first.tab, site);
  const second = await window();
  await second.tab.goto(site.address);
  await second.tab.getByText("This address cannot be used again").waitFor();
  assert.equal(await second.tab.goto(`${site.origin}/tasks`).then((page) => page.status()), 401);
  await first.close();
  await second.close();
  await site.stop();
});
