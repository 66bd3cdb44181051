/**
 * Runs beside the page and ends. A browser reads its data on numbers and on order at their first use, which takes long and is once for
 * all threads: what the page writes first would wait for it.
 */
new Intl.NumberFormat("en").formatToParts(1);
new Intl.PluralRules("en").select(1);
new Intl.Collator("en", { numeric: true }).compare("a", "b");
close();
