/** Before anything is painted: index.html holds what an address shows that asks for nothing, and this one asks for something. */
if (location.search.length > 1) document.documentElement.dataset["asked"] = "";
