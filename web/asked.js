/** Before anything is painted: index.html holds what an address shows that asks for nothing; does this one ask for something? */
document.documentElement.dataset["asked"] = location.search.length > 1 ? "yes" : "no";
