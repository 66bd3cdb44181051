-- Quarto's shortcode: {{< crossover view="crossover" model="llama-3.1-8b" height="520" >}}
--
-- In HTML it is the element, with its files (assets/ beside this, from Crossover's dist/) as a dependency of the page; where there are
-- none, the element comes from `crossover-site` of the metadata. In PDF and elsewhere: the picture, its caption and a link.
-- Written against https://quarto.org/docs/extensions/shortcodes.html and https://quarto.org/docs/extensions/lua-api.html
-- (quarto.doc.add_html_dependency, quarto.utils.resolve_path); not run in Quarto.

local core = dofile(quarto.utils.resolve_path("crossover.lua"))

-- The files of assets/, as files.txt lists them (web/integrations/quarto/assets.mjs); none where it is not there.
local function asset_names()
  local names = {}
  local list = io.open(quarto.utils.resolve_path("assets/files.txt"))
  if not list then return names end
  for name in list:lines() do names[#names + 1] = name end
  list:close()
  return names
end

local function depend()
  local files = asset_names()
  if #files == 0 then return false end
  local resources = {}
  for _, file in ipairs(files) do
    if file ~= "crossover-view.js" then resources[#resources + 1] = { name = file, path = "assets/" .. file } end
  end
  quarto.doc.add_html_dependency({
    name = "crossover",
    version = "1.0.0",
    scripts = { { path = "assets/crossover-view.js", attribs = { type = "module" } } },
    resources = resources,
  })
  return true
end

return {
  ["crossover"] = function(_, named, meta)
    core.read_site(meta)
    -- Values are lists of inlines, or plain text: that depends on the version of Quarto.
    local attributes = {}
    for name, value in pairs(named) do
      local text = pandoc.utils.stringify(value)
      if text ~= "" then attributes[name] = text end
    end
    local caption = {}
    if attributes.caption then caption = { pandoc.Para({ pandoc.Str(attributes.caption) }) } end
    local bundled = core.is_html() and depend()
    return core.render(attributes, caption, not bundled)
  end,
}
