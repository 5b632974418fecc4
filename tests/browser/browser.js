// What the browser tests share: the pages, the browser, and the ways of looking at a page.

import { readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const here = dirname(fileURLToPath(import.meta.url));

/** The root of the repository. */
export const root = join(here, "../..");

/** Reports of the sample organisations, made by the program; the folder is given by the variable REPORTS. */
export const reports = process.env.REPORTS ? pagesIn(process.env.REPORTS) : [];

/** Reports that look least like the ordinary one, as the unit tests keep them. */
export const hardCases = pagesIn(join(root, "tests/golden/pages"));

export const widths = [320, 768, 1280];
export const schemes = [
  { name: "light", colorScheme: "light", forcedColors: "none" },
  { name: "dark", colorScheme: "dark", forcedColors: "none" },
  { name: "forced colours", colorScheme: "light", forcedColors: "active" },
];

function pagesIn(folder) {
  const names = readdirSync(folder).filter((name) => name.endsWith(".html")).sort();
  return names.map((name) => ({ name: name.replace(".html", ""), path: join(folder, name) }));
}

/** A browser that talks to nobody. */
export function launch() {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: [
      "--headless",
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
}

/** Opens a page; `heard` collects every further request and every complaint of the browser. */
export async function open(browser, page, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  const tab = await context.newPage();
  const heard = { requests: [], complaints: [] };
  const address = pathToFileURL(page.path).href;
  tab.on("request", (request) => request.url() !== address && heard.requests.push(request.url()));
  tab.on("console", (message) => heard.complaints.push(message.text()));
  tab.on("pageerror", (error) => heard.complaints.push(String(error)));
  await tab.goto(address);
  return { tab, heard, close: () => context.close() };
}

export async function unfold(tab, open) {
  await tab.evaluate((open) => {
    for (const details of document.querySelectorAll("details")) details.open = open;
  }, open);
}
