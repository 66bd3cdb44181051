// Takes the picture of the crossover chart that README.md shows: node script/screenshot.mjs <file.png>
import { chromium } from "playwright-core";
import { serve } from "./server.mjs";

const [file = "web/screenshot.png"] = process.argv.slice(2);
/** From the takeaway above the chart to the axis below it. */
const subject = "crossover-view-speedup";
const margin = 14;

const server = await serve("dist");
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"],
});
try {
  const page = await browser.newPage({ viewport: { width: 1100, height: 900 }, deviceScaleFactor: 1.5, colorScheme: "light" });
  await page.goto(server.url, { waitUntil: "networkidle" });
  const view = page.locator(subject).first();
  const chart = view.locator("svg:has(text)").first();
  await chart.waitFor();
  const [whole, drawn] = [await view.boundingBox(), await chart.boundingBox()];
  if (!whole || !drawn) throw new Error("the chart is not on the page");
  const clip = {
    x: Math.max(0, whole.x - margin),
    y: Math.max(0, whole.y - margin),
    width: whole.width + 2 * margin,
    height: drawn.y + drawn.height - whole.y + 2 * margin,
  };
  await page.screenshot({ path: file, clip, fullPage: true });
  console.log(`${file} is renewed`);
} finally {
  await browser.close();
  await server.close();
}
