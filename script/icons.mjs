// Renews the icons that devices want as PNG from web/icon.svg: node script/icons.mjs
import { readFile } from "node:fs/promises";
import { chromium } from "playwright-core";

/** A maskable icon is cut to the device's shape: the picture keeps to the middle four fifths, on paper to the edge. */
const icons = [
  { file: "icon-192.png", size: 192, picture: 1 },
  { file: "icon-512.png", size: 512, picture: 1 },
  { file: "icon-maskable-512.png", size: 512, picture: 0.8 },
  { file: "apple-touch-icon.png", size: 180, picture: 0.9 },
];

const svg = (await readFile("web/icon.svg")).toString("base64");
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox", "--disable-gpu"] });
try {
  for (const { file, size, picture } of icons) {
    const page = await browser.newPage({ viewport: { width: size, height: size } });
    const paper = picture < 1 ? "background:#fffefb;" : "";
    await page.setContent(`<body style="margin:0;${paper}display:grid;place-items:center;height:100vh"><img width="${size * picture}" src="data:image/svg+xml;base64,${svg}">`);
    await page.screenshot({ path: `web/${file}`, omitBackground: true });
    await page.close();
  }
} finally {
  await browser.close();
}
