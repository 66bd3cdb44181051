-- A pandoc filter: a fenced div of the class "crossover" is an interactive figure in HTML, and elsewhere its picture, its caption
-- and a link.
--
--   ::: {.crossover view="crossover" model="llama-3.1-8b" height="520" title="Where INT4 stops paying" image="figure.png"}
--   The caption.
--   :::
--
-- The document's metadata say where Crossover is: `crossover-site: https://…/`, or a folder beside the page (default "crossover/").
-- Runs alone (pandoc -L crossover.lua) and in Quarto; shortcode.lua uses `render` of it.

local site = "crossover/"
local script_written = false

-- The element's own attributes, and what is only for the picture.
local own = { title = "label", width = "width", height = "height" }
local for_picture = { image = true, caption = true, alt = true, class = true, id = true }

local function is_html()
  return FORMAT:match("^html") ~= nil or FORMAT == "revealjs" or FORMAT == "slidy" or FORMAT == "s5" or FORMAT == "dzslides"
end

local function escaped(text)
  return (text:gsub("[&<>\"']", { ["&"] = "&amp;", ["<"] = "&lt;", [">"] = "&gt;", ['"'] = "&quot;", ["'"] = "&#39;" }))
end

local function encoded(text)
  return (text:gsub("[^%w%-._~,:@/]", function(letter) return string.format("%%%02X", letter:byte()) end))
end

-- Names and values in an order that does not change from run to run.
local function sorted(attributes)
  local list = {}
  for name, value in pairs(attributes) do
    if type(name) == "string" and name:match("^[%a_][%w_]*$") and not for_picture[name] then
      list[#list + 1] = { name, value }
    end
  end
  table.sort(list, function(a, b) return a[1] < b[1] end)
  return list
end

-- Of embed.html, which speaks English alone.
local function query(attributes)
  local parts = {}
  for _, pair in ipairs(sorted(attributes)) do
    if not own[pair[1]] and pair[1] ~= "locale" then parts[#parts + 1] = pair[1] .. "=" .. encoded(pair[2]) end
  end
  return table.concat(parts, "&")
end

local function element(attributes)
  local parts = { "<crossover-view" }
  for _, pair in ipairs(sorted(attributes)) do
    parts[#parts + 1] = string.format('%s="%s"', own[pair[1]] or pair[1], escaped(pair[2]))
  end
  local picture = attributes.image and string.format('<img src="%s" alt="%s">', escaped(attributes.image), escaped(attributes.alt or attributes.title or "")) or ""
  return table.concat(parts, " ") .. ">" .. picture .. "</crossover-view>"
end

-- What stands in the document. `script` writes the one line that brings the element, where something else does not.
local function render(attributes, caption, script)
  if is_html() then
    local line = ""
    if script and not script_written then
      line = string.format('<script type="module" src="%s"></script>\n', escaped(site .. "crossover-view.js"))
      script_written = true
    end
    local blocks = { pandoc.RawBlock("html", line .. element(attributes)) }
    for _, block in ipairs(caption) do blocks[#blocks + 1] = block end
    return blocks
  end
  local blocks = {}
  local words = pandoc.utils.blocks_to_inlines(caption)
  if #words == 0 and attributes.title then words = { pandoc.Str(attributes.title) } end
  if attributes.image then
    -- A figure with a caption: pandoc 3 has a block for it (not run here), pandoc 2 knows it by "fig:".
    if pandoc.Figure then
      blocks[1] = pandoc.Figure({ pandoc.Plain({ pandoc.Image(words, attributes.image) }) }, { long = { pandoc.Plain(words) } })
    else
      blocks[1] = pandoc.Para({ pandoc.Image(words, attributes.image, "fig:") })
    end
  elseif #words > 0 then
    blocks[1] = pandoc.Para(words)
  end
  if site:match("^https?://") then
    local address = site .. "embed.html?" .. query(attributes)
    blocks[#blocks + 1] = pandoc.Para({ pandoc.Str("Interactive:"), pandoc.Space(), pandoc.Link({ pandoc.Str(address) }, address) })
  end
  return blocks
end

local function read_site(meta)
  -- Earlier versions of Quarto give a shortcode an empty list for what is not set.
  local given = meta["crossover-site"] and pandoc.utils.stringify(meta["crossover-site"]) or ""
  if given ~= "" then site = (given:gsub("/*$", "/")) end
end

local filter = {
  { Meta = read_site },
  {
    Div = function(div)
      if not div.classes:includes("crossover") then return nil end
      local attributes = {}
      for name, value in pairs(div.attributes) do attributes[name] = value end
      return render(attributes, div.content, true)
    end,
  },
}
filter.render = render
filter.read_site = read_site
filter.is_html = is_html
return filter
