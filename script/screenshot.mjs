// Takes the picture of the crossover chart that README.md shows: node script/screenshot.mjs <file.png>
import { chromium } from "playwright-core";
import { serve } from "./server.mjs";

const [file = "web/screenshot.png"] = process.argv.slice(2);
/** The section of the page that is shown, with the heading above it. */
const subject = "crossover-chart-section, #crossover, [data-section=crossover]";

const server = await serve("dist");
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"],
});
try {
  const page = await browser.newPage({ viewport: { width: 1100, height: 900 }, deviceScaleFactor: 1.5, colorScheme: "light" });
  await page.goto(server.url, { waitUntil: "networkidle" });
  const section = page.locator(subject).first();
  await section.locator("svg").first().waitFor();
  await section.screenshot({ path: file });
  console.log(`${file} is renewed`);
} finally {
  await browser.close();
  await server.close();
}
