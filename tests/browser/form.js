// A served questionnaire for the browser tests: the program under test, and a walk over all of its pages.

import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { root } from "./browser.js";

const program = process.env.SAFESEAT ?? join(root, "target/debug/safeseat");

const running = new Set();

/** Ends every program that a failed test has left behind. */
export function stopAll() {
  return Promise.all([...running].map((site) => site.stop()));
}

/** Serves an answers file that does not exist yet; `address` works once. */
export async function serve(...options) {
  const folder = mkdtempSync(join(tmpdir(), "safeseat-form-"));
  const file = join(folder, "answers.toml");
  const child = spawn(program, ["serve", file, "--no-open", "--quiet", ...options], { stdio: ["ignore", "pipe", "inherit"] });
  const address = await new Promise((found, failed) => {
    child.stdout.once("data", (line) => found(String(line).trim()));
    child.once("error", failed);
    child.once("exit", (code) => failed(new Error(`safeseat ended with ${code}`)));
  });
  const ended = new Promise((done) => child.once("exit", (code) => done(code)));
  const stop = async () => {
    child.kill("SIGTERM");
    const code = await ended;
    rmSync(folder, { recursive: true, force: true });
    running.delete(site);
    return code;
  };
  const site = { address, origin: new URL(address).origin, file, ended, stop };
  running.add(site);
  return site;
}

/** Uses the address up. */
export async function enter(tab, site) {
  await tab.goto(site.address);
  await tab.waitForURL(/\/(choose|organisation)$/);
}

export const submit = (tab, name = "Save and continue") => tab.getByRole("button", { name }).click();

async function organisation(tab) {
  await tab.getByLabel("Name of your organisation").fill("Northmoor & Vale Constituency Association");
  await tab.getByLabel("Local party").check();
  await tab.getByLabel("Who answers").fill("office manager");
  await submit(tab);
}

async function conflict(tab, site) {
  await tab.goto(`${site.origin}/question/gov.owner`);
  await tab.getByLabel("Partly").check();
  await submit(tab);
  await tab.goto(`${site.origin}/question/gov.owner`);
  await tab.getByLabel("Yes").check();
  writeFileSync(site.file, readFileSync(site.file, "utf8").replace('answer = "partly"', 'answer = "no"\ncomment = "The board decides in May."'));
  await submit(tab);
}

async function withMistakes(tab, site) {
  await tab.goto(`${site.origin}/question/acc.mfa-email`);
  await tab.locator("details").evaluateAll((all) => all.forEach((details) => (details.open = true)));
  await tab.locator("input[name=typed]").fill("61 of 60");
  await tab.getByLabel("A document shows it").check();
  await tab.locator("input[name=evidence-date-day]").fill("13");
  await tab.locator("input[name=evidence-date-month]").fill("7");
  await tab.locator("input[name=evidence-date-year]").fill("2062");
  await submit(tab);
}

/** Every page of the full check, each with the way to it, in an order in which each is possible. */
export const walk = [
  ["choose", () => {}],
  ["choose-mistake", (tab) => submit(tab, "Continue")],
  ["organisation-first", async (tab) => {
    await tab.getByLabel("Political organisation security check").check();
    await submit(tab, "Continue");
  }],
  ["organisation-mistakes", (tab) => submit(tab)],
  ["fact-proposed", organisation],
  ["fact-mistake", async (tab, site) => {
    await tab.goto(`${site.origin}/fact/internet-facing-systems`);
    await submit(tab);
  }],
  ["levels", (tab, site) => tab.goto(`${site.origin}/question/gov.rules`)],
  ["levels-mistake", (tab) => submit(tab)],
  ["yes-no", (tab, site) => tab.goto(`${site.origin}/question/gov.owner`)],
  ["share-mistakes", withMistakes],
  ["date", (tab, site) => tab.goto(`${site.origin}/question/gov.leadership-review`)],
  ["tick-all", (tab, site) => tab.goto(`${site.origin}/question/acc.mfa-other`)],
  ["tick-all-mistake", (tab) => submit(tab)],
  ["conflict", conflict],
  ["conflict-settled", (tab) => tab.getByRole("button", { name: "Keep what you entered here" }).click()],
  ["tasks", (tab, site) => tab.goto(`${site.origin}/tasks`)],
  ["check", (tab, site) => tab.goto(`${site.origin}/check`)],
  ["report", (tab, site) => tab.goto(`${site.origin}/report`)],
  ["nowhere", (tab, site) => tab.goto(`${site.origin}/no-such-page`)],
  ["stop", (tab, site) => tab.goto(`${site.origin}/stop`)],
  ["ended", (tab) => submit(tab, "Close safeseat")],
];
