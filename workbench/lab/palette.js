// The codebook in a widget: codes by tree, found by typing, with what each means; facets by key.

const COLOURS = ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#8c6d00", "#5b5b5b"];
const FACET_KEYS = "1234567890qwertyuopåasdfghjkl";

// Codes and facets by id; a facet whose id is one sign (+, -) has that sign for its key, the
// others the next free one. A code keeps the colour it has in `colour` as the codebook grows.
function keyed(codes, facets, colour = new Map(), keys = FACET_KEYS) {
  const own = new Set(facets.map((c) => c.id).filter((id) => id.length === 1));
  const free = [...keys].filter((key) => !own.has(key));
  for (const { id } of codes) if (!colour.has(id)) colour.set(id, COLOURS[colour.size % COLOURS.length]);
  return {
    code: new Map(codes.map((c) => [c.id, c])),
    facet: new Map(facets.map((c) => [c.id, c])),
    facetKey: new Map(facets.map((c) => [c.id, own.has(c.id) ? c.id : (free.shift() ?? "")])),
    colour,
  };
}

// What every widget says about its keys: "key=what it does|…".
function keyList(title, lines) {
  return element("details", {}, element("summary", {}, title), element("dl", { class: "keys" },
    ...lines.split("|").map((line) => line.split("="))
      .flatMap(([keys, what]) => [element("dt", {}, element("kbd", {}, keys)), element("dd", {}, what)])));
}

// Choose a code by typing. The widget (`of`) lends its uid, say, desk (codes, trees), code and
// colour; `give` is done with Enter or a click, `instead` with Shift + Enter, `leave` with Escape.
class Palette {
  constructor(of, { give, instead, leave }) {
    Object.assign(this, { of, give, instead, leave, at: 0 });
    const say = (key) => of.say(key);
    this.search = element("input", { type: "search", placeholder: say("coder_search"), "aria-label": say("coder_search"),
      role: "combobox", "aria-expanded": "true", "aria-controls": `${of.uid}-codes`,
      on: { input: () => this.show(), keydown: (e) => this.key(e) } });
    this.list = element("ul", { class: "codes", role: "listbox", id: `${of.uid}-codes`, "aria-label": say("coder_codes") });
    this.about = element("div", { class: "about" });
  }

  matches() {
    const wanted = this.search.value.trim().toLocaleLowerCase();
    return this.of.desk.codes.filter((c) => !c.retired && (!wanted || `${c.label} ${c.id}`.toLocaleLowerCase().includes(wanted)));
  }

  show() {
    const list = this.matches();
    const wanted = this.search.value.trim();
    this.at = Math.min(this.at, Math.max(list.length - 1, 0));
    const rows = [];
    let tree = "";
    list.forEach((c, n) => {
      if (c.tree !== tree) rows.push(element("li", { class: "tree", role: "presentation" }, this.of.desk.trees[(tree = c.tree)]));
      let depth = 0;
      for (let p = c.parent; p; p = this.of.code.get(p)?.parent) depth += 1;
      const row = element("li", { role: "option", id: `${this.of.uid}-code-${n}`, "aria-selected": String(n === this.at), "data-code": c.id,
        on: { click: () => this.give(c.id), pointerenter: () => this.tell(c) } }, element("i", {}), c.label);
      row.querySelector("i").style.setProperty("--colour", this.of.colour.get(c.id));
      row.style.setProperty("--depth", wanted ? 0 : depth);
      rows.push(row);
    });
    this.list.replaceChildren(...rows);
    this.search.setAttribute("aria-activedescendant", list.length ? `${this.of.uid}-code-${this.at}` : "");
    this.tell(list[this.at]);
  }

  tell(c) {
    const line = (key, text) => (text ? [element("dt", {}, this.of.say(key)), element("dd", {}, text)] : []);
    this.about.replaceChildren(...(c ? [element("strong", {}, c.label), element("p", {}, c.definition),
      element("dl", {}, ...line("coder_use_when", c.use_when), ...line("coder_not_when", c.not_when),
        ...line("coder_example", c.example))] : []));
  }

  key(event) {
    const list = this.matches();
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      this.at = (this.at + (event.key === "ArrowDown" ? 1 : -1) + list.length) % Math.max(list.length, 1);
    } else if (event.key === "Enter" && list[this.at]) {
      if (event.shiftKey) this.instead(list[this.at].id);
      else this.give(list[this.at].id);
      this.search.value = "";
      this.at = 0;
    } else if (event.key === "Escape") {
      this.search.value = "";
      this.leave();
    } else {
      this.at = 0;
      return;
    }
    event.preventDefault();
    this.show();
    this.list.querySelector("[aria-selected=true]")?.scrollIntoView({ block: "nearest" });
  }
}

// Facets by tree, each a button with its key (as `shown`); `pressed` and `give` take a facet's id.
function facetRows({ facets, trees }, facetKey, { shown = (key) => key, pressed, give }) {
  const one = (f) => element("button", { type: "button", "data-facet": f.id, title: f.definition,
    "aria-pressed": String(pressed(f.id)), on: { click: () => give(f.id) } },
    facetKey.get(f.id) ? element("kbd", {}, shown(facetKey.get(f.id))) : "", ` ${f.label}`);
  return element("div", { class: "facets" }, ...[...new Set(facets.map((f) => f.tree))].map((tree) =>
    element("div", { role: "group", "aria-label": trees[tree] }, ...facets.filter((f) => f.tree === tree).map(one))));
}
