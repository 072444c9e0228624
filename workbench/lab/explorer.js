// The explorer's face: filters, a table whose numbers are pressed, the words behind them. What is
// asked stands in the kernel; the page shows the last answer and forgets everything else.

const LONG = 60000; // a large study takes a while the first time
const STILL = 250; // milliseconds a table rests before its figure is asked for
const FAR = 600; // pixels from the end of the list at which more words are asked for
const SELECTS = ["segment", "side", "kind", "coder", "tree", "by", "count"];
const ALWAYS = new Set(["by", "count"]); // these have no "all"

class View {
  constructor(model, el) {
    this.model = model;
    this.el = el;
    this.wire = new Wire(model, {
      heard: (message, mine) => this.heard(message, mine),
      waits: (flag) => this.frame && (flag ? (this.frame.dataset.waits = "true") : delete this.frame.dataset.waits),
      silent: () => this.desk && this.tell(this.say("explore_no_answer"), true),
    });
    this.uid = this.wire.uid;
    this.wire.ask("hello", [], LONG);
  }

  end() {
    this.wire.end();
    clearTimeout(this.resting);
  }

  say(key) {
    return this.desk.say[key];
  }

  tell(text, wrong = false) {
    this.status.textContent = text;
    this.status.classList.toggle("wrong", wrong);
  }

  label(code) {
    return this.code.get(code)?.label ?? code;
  }

  // ---- what Python says ----------------------------------------------------------------------

  heard(message, mine) {
    if (message.kind === "all" && (mine || !this.desk)) return this.build(message);
    if (!this.desk) return undefined;
    if (message.kind === "more") return this.more(message, mine);
    if (message.kind === "turn") return mine && this.opened(message);
    if (message.kind === "figure") return this.showFigure(message.figure);
    if (message.rows) this.found(message, mine);
    if (message.kind === "refused" && mine) this.tell(message.why, true);
    return undefined;
  }

  ask(act, ...given) {
    this.wire.after(() => this.wire.ask(act, given, LONG));
  }

  change(changes) {
    this.ask("ask", changes);
  }

  // ---- what is built once --------------------------------------------------------------------

  build(desk) {
    this.desk = desk;
    Object.assign(this, keyed(desk.codes, desk.facets, new Map(), "1234567890"));
    this.facetKey.delete("0"); // a facet called 0 would take the key of the tenth
    this.status = element("p", { class: "status", role: "status", "aria-live": "polite" });
    this.selects = new Map(SELECTS.map((name) => [name, this.select(name)]));
    this.palette = new Palette(this, { give: (code) => { this.change({ code }); this.toTable(); }, instead: (code) => this.change({ code }), leave: () => this.toTable() });
    this.facets = element("div", { class: "angles" });
    this.crumbs = element("nav", { class: "bar crumbs", "aria-label": this.say("explore_chosen") });
    this.table = element("div", { class: "table", role: "region", tabindex: "-1", "aria-label": this.say("explore_table"),
      on: { click: (e) => this.pressed(e), keydown: (e) => this.walkTable(e) } });
    this.apart = element("p", { class: "quiet apart" });
    this.list = element("ol", { class: "quotes", on: { click: (e) => this.pointed(e), keydown: (e) => this.walkQuotes(e), scroll: () => this.far() } });
    this.rest = element("button", { type: "button", class: "rest", hidden: true, on: { click: () => this.askMore() } });
    this.call = element("code", { tabindex: "0", role: "textbox", "aria-readonly": "true", "aria-multiline": "true", "aria-label": this.say("explore_call") });
    const { search, list, about } = this.palette;
    this.frame = element("div", { class: "wb wb-explore", "data-lm-suppress-shortcuts": "true", on: { keydown: (e) => this.anywhere(e), focusin: hush } },
      element("div", { class: "bar filters", role: "group", "aria-label": this.say("explore_filters") },
        ...[...this.selects].map(([name, box]) => element("label", { "data-name": name }, element("span", {}, this.say(`explore_${name}`)), box)), this.steps()),
      this.crumbs,
      element("div", { class: "desk" },
        element("div", { class: "side" }, search, list, about,
          element("details", { open: this.el.clientWidth > 760 }, element("summary", {}, this.say("explore_facets")), this.facets),
          keyList(this.say("coder_keys"), this.say("explore_keys_list"))),
        element("div", { class: "answer" }, this.table, this.status, this.apart, this.list, this.rest)),
      element("div", { class: "bar call" }, element("span", {}, this.say("explore_call")), this.call,
        element("button", { type: "button", on: { click: () => this.copy() } }, this.say("explore_copy"))),
      narrow(this.say("no_room")));
    this.el.replaceChildren(this.frame);
    this.palette.show();
    this.found(desk, false);
  }

  select(name) {
    const all = ALWAYS.has(name) ? [] : [["", this.say("explore_all")]];
    const options = [...all, ...this.desk.choices[name]].map(([id, label]) => element("option", { value: id }, label.replace(/^(– )+/, (dashes) => "\u2003".repeat(dashes.length / 2))));
    return element("select", { on: { change: (e) => this.change({ [name]: e.target.value }) } }, ...options);
  }

  steps() {
    const button = (key, sign, act) => element("button", { type: "button", on: { click: act } }, sign, this.say(key));
    this.backs = [button("explore_back", "◀ ", () => this.ask("back")), button("explore_forward", "▶ ", () => this.ask("forward"))];
    this.drawn = button("explore_figure", "", () => this.toggle());
    return element("span", { class: "steps" }, ...this.backs, this.drawn);
  }

  // ---- an answer -----------------------------------------------------------------------------

  found(message, mine) {
    this.answer = message;
    const { question } = message;
    this.held = this.holds();
    for (const [name, box] of this.selects) box.value = question[name];
    this.showCrumbs(message.crumbs);
    this.showFacets(question.facets);
    this.backs.forEach((button, n) => { button.disabled = !message.steps[n]; });
    this.showTable(message);
    this.quotes = [];
    this.list.replaceChildren();
    this.list.scrollTop = 0;
    this.add(message);
    this.call.textContent = message.call;
    this.tell(message.told);
    this.apart.textContent = message.apart;
    this.apart.hidden = !message.apart;
    this.showFigure(message.figure);
    this.hold(this.held);
    clearTimeout(this.resting);
    if (message.figure) this.resting = setTimeout(() => this.draw(), STILL);
    return mine;
  }

  draw() {
    try {
      this.model.send({ act: "draw", with: [] });
    } catch {
      this.tell(this.say("explore_no_answer"), true); // a kernel that was restarted has no ear for this widget
    }
  }

  // Which part had the focus, so that the notebook does not get the next key when it is made anew.
  holds() {
    const has = this.el.getRootNode().activeElement;
    if (!has || !this.frame.contains(has)) return null;
    if (this.table.contains(has)) return { part: "table" };
    if (this.list.contains(has)) return { part: "quotes" };
    if (this.crumbs.contains(has)) return { part: "crumbs", at: [...this.crumbs.querySelectorAll("button")].indexOf(has) };
    if (this.facets.contains(has)) return { part: "facets", facet: has.dataset.facet };
    if (has === this.rest || this.backs.includes(has)) return { part: "steps", button: has };
    return null;
  }

  hold(held) {
    if (!held) return;
    const { part } = held;
    if (part === "table") this.toTable();
    else if (part === "quotes") this.toQuotes();
    else if (part === "crumbs") (([...this.crumbs.querySelectorAll("button")].at(Math.max(0, held.at - 1))) ?? this.selects.get("segment")).focus();
    else if (part === "facets") this.facets.querySelector(`[data-facet="${CSS.escape(held.facet)}"]`)?.focus();
    else if (held.button.disabled || held.button.hidden) (this.backs.find((b) => !b.disabled) ?? this.drawn).focus();
  }

  showCrumbs(crumbs) {
    const away = ([kind, label, change]) => element("li", {}, element("button", { type: "button", "aria-label": this.say("explore_away").replace("%1", `${kind}: ${label}`),
      on: { click: () => this.change(change) } }, element("small", {}, kind), ` ${label} `, element("span", { "aria-hidden": "true" }, "×")));
    this.crumbs.replaceChildren(element("ol", {}, element("li", {}, crumbs.length
      ? element("button", { type: "button", on: { click: () => this.clear() } }, this.say("explore_whole")) : element("span", {}, this.say("explore_whole"))), ...crumbs.map(away)));
  }

  clear() {
    this.change({ segment: "", side: "", kind: "", coder: "", tree: "", code: "", facets: [], row: "", group: "" });
  }

  showFacets(chosen) {
    this.facets.replaceChildren(facetRows(this.desk, this.facetKey, { pressed: (id) => chosen.includes(id), give: (id) => this.turnFacet(id) }));
  }

  turnFacet(id) {
    const { facets } = this.answer.question;
    this.change({ facets: facets.includes(id) ? facets.filter((f) => f !== id) : [...facets, id] });
  }

  // ---- the table -----------------------------------------------------------------------------

  showTable({ rows, groups, caption, question }) {
    const at = { left: this.table.querySelector(".scroll")?.scrollLeft ?? 0, top: this.table.querySelector(".scroll")?.scrollTop ?? 0 };
    const counts = ["people", "documents", "passages"];
    const by = this.desk.choices.by.find(([id]) => id === question.by)[1];
    const head = element("thead", {},
      element("tr", {}, element("th", { scope: "col", rowspan: "2" }, this.say("explore_code")),
        element("th", { scope: "colgroup", colspan: "3", class: "whole" }, this.say("together")),
        groups.length ? element("th", { scope: "colgroup", colspan: String(groups.length) }, `${by} · ${this.say(question.count)}`) : ""),
      element("tr", {}, ...counts.map((key) => element("th", { scope: "col", class: "whole" }, this.say(key))), ...groups.map(([, label]) => element("th", { scope: "col" }, label.replace(/^(– )+/, "")))));
    const cell = (code, group, text, klass) => {
      const chosen = question.row === code && question.group === group;
      const none = /^0(\/|$)/.test(text);
      return element("td", { class: klass, "aria-current": chosen ? "true" : null }, none ? text
        : element("button", { type: "button", tabindex: "-1", "data-code": code, "data-group": group, "aria-pressed": String(chosen) }, text));
    };
    const body = [];
    let tree = "";
    let part = null;
    for (const [code, depth, of, whole, cells] of rows) {
      if (of !== tree) {
        part = element("tbody", {}, element("tr", {}, element("th", { scope: "rowgroup", colspan: String(4 + groups.length), class: "tree" }, element("span", {}, this.desk.trees[(tree = of)]))));
        body.push(part);
      }
      const name = element("th", { scope: "row" }, element("button", { type: "button", tabindex: "-1", "data-code": code, title: this.code.get(code)?.definition }, this.label(code)));
      name.style.setProperty("--depth", depth);
      part.append(element("tr", {}, name, ...whole.map((text, n) => cell(code, "", text, n ? "whole more" : "whole")), ...cells.map((text, n) => cell(code, groups[n][0], text))));
    }
    const about = element("p", { class: "caption", id: `${this.uid}-about` }, caption);
    const scroll = element("div", { class: "scroll" }, element("table", { "aria-describedby": about.id }, element("caption", {}, `${this.say("explore_code")} × ${by} · ${this.say(question.count)}`), head, ...body));
    this.table.replaceChildren(about, scroll);
    scroll.scrollLeft = at.left;
    scroll.scrollTop = at.top;
    this.stand(this.table.querySelector("[aria-pressed=true]") ?? this.standing() ?? this.table.querySelector("tbody button"));
  }

  // The button where one stood, in the table as it is now.
  standing() {
    const { code, group } = this.stood ?? {};
    return [...this.table.querySelectorAll("button")].find((b) => b.dataset.code === code && b.dataset.group === group);
  }

  stand(button) {
    const before = this.table.querySelector("button[tabindex='0']");
    if (before) before.tabIndex = -1;
    if (!button) return;
    button.tabIndex = 0;
    this.stood = { code: button.dataset.code, group: button.dataset.group };
  }

  toTable() {
    (this.table.querySelector("button[tabindex='0']") ?? this.table).focus();
  }

  pressed(event) {
    const button = event.target.closest("button");
    if (!button) return;
    this.stand(button);
    const { code, group } = button.dataset;
    if (group === undefined) this.change({ code });
    else this.change(button.getAttribute("aria-pressed") === "true" ? { row: "", group: "" } : { row: code, group });
  }

  walkTable(event) {
    const here = event.target.closest("button");
    if (!here || event.ctrlKey || event.altKey || event.metaKey) return;
    const [row, column] = [here.closest("tr"), here.parentElement.cellIndex];
    const rows = [...this.table.querySelectorAll("tbody tr")].filter((tr) => tr.cells.length > 1);
    const at = rows.indexOf(row);
    const first = (list) => list.map((cell) => cell.querySelector("button")).find(Boolean);
    const moves = {
      ArrowRight: () => first([...row.cells].slice(column + 1)),
      ArrowLeft: () => first([...row.cells].slice(0, column).reverse()),
      ArrowDown: () => first(rows.slice(at + 1).map((tr) => tr.cells[column])),
      ArrowUp: () => first(rows.slice(0, at).reverse().map((tr) => tr.cells[column])),
      Home: () => first([...row.cells]),
      End: () => first([...row.cells].reverse()),
    };
    if (!moves[event.key]) return;
    event.preventDefault();
    const next = moves[event.key]();
    if (!next) return;
    this.stand(next);
    next.focus();
  }

  // ---- the words -----------------------------------------------------------------------------

  add({ quotes, total }) {
    const added = quotes.map((quote, n) => this.quote(quote, this.quotes.length + n));
    this.quotes.push(...added);
    this.list.append(...added.map((quote) => quote.row));
    this.total = total;
    if (!total) this.list.append(element("li", { class: "quiet" }, this.say("explore_none")));
    this.rest.hidden = this.quotes.length >= total;
    this.rest.textContent = `${this.say("explore_more")} (${this.quotes.length}/${total})`;
    if (this.quotes.length === added.length && added.length) added[0].head.tabIndex = 0;
    this.list.setAttribute("aria-label", `${this.say("explore_quotes")} (${total})`);
  }

  quote({ place, who, group, lang, note, words, codes }, n) {
    const where = [`${place[0]} [${place[1]}]`, who, group].filter(Boolean).join(" · ");
    const head = element("button", { type: "button", class: "head", tabindex: "-1", "aria-expanded": "false", "data-n": n }, where);
    const said = element(note ? "p" : "blockquote", { class: note ? "said note" : "said", lang }, ...this.parts(words));
    const chips = codes.map(([label, angles, memo]) => element("li", {}, label, angles.length ? element("small", {}, ` ${angles.join(", ")}`) : "", memo ? element("small", { class: "memo" }, ` ✎ ${memo}`) : ""));
    const whole = element("div", { class: "whole", hidden: true });
    return { place, lang, head, said, whole, row: element("li", {}, head, said, whole, element("ul", { class: "chips" }, ...chips)) };
  }

  parts([before, chosen, after]) {
    return [element("bdi", {}, before), chosen === undefined ? "" : element("mark", {}, chosen), after === undefined ? "" : element("bdi", {}, after)];
  }

  more(message, mine) {
    const same = JSON.stringify(message.question) === JSON.stringify(this.answer.question);
    if (same && message.from === this.quotes.length) this.add(message);
    const then = this.then;
    this.then = null;
    if (mine && then) then();
    else if (mine && this.rest.hidden && this.el.getRootNode().activeElement === this.rest) this.toQuotes();
  }

  askMore(then = null) {
    this.then = then;
    this.ask("more", this.quotes.length);
  }

  far() {
    const { scrollTop, clientHeight, scrollHeight } = this.list;
    if (!this.wire.mine && !this.rest.hidden && scrollTop > 0 && scrollHeight - scrollTop - clientHeight < FAR) this.askMore();
  }

  pointed(event) {
    const row = event.target.closest(".quotes > li");
    const n = [...this.list.children].indexOf(row);
    const marked = getSelection();
    if (!this.quotes[n] || (!marked.isCollapsed && marked.containsNode(row, true))) return; // words are being copied
    this.standQuote(n);
    this.open(n);
  }

  open(n) {
    const { head, place, said, whole } = this.quotes[n];
    if (head.getAttribute("aria-expanded") === "true") {
      head.setAttribute("aria-expanded", "false");
      whole.hidden = true;
      said.hidden = false;
    } else this.ask("turn", ...place);
  }

  opened({ place, turns }) {
    const quote = this.quotes.find((q) => String(q.place) === String(place));
    if (!quote) return;
    quote.head.setAttribute("aria-expanded", "true");
    quote.said.hidden = true;
    quote.whole.hidden = false;
    quote.whole.replaceChildren(...turns.map(([number, who, time, note, parts]) => element("p", { class: note ? "note" : null, lang: quote.lang },
      element("small", {}, [`[${number}]`, who, time].filter(Boolean).join(" ")), " ", ...this.parts(parts))));
  }

  standQuote(n) {
    for (const { head } of this.quotes) head.tabIndex = -1;
    this.quotes[n].head.tabIndex = 0;
    return this.quotes[n].head;
  }

  toQuotes() {
    (this.quotes.find(({ head }) => head.tabIndex === 0)?.head ?? this.selects.get("segment")).focus();
  }

  walkQuotes(event) {
    const at = this.quotes.findIndex(({ head }) => head === event.target);
    if (at < 0 || event.ctrlKey || event.altKey || event.metaKey) return;
    const moves = { ArrowDown: at + 1, j: at + 1, ArrowUp: at - 1, k: at - 1, Home: 0, End: this.quotes.length - 1 };
    const to = moves[event.key];
    if (to === undefined) return;
    event.preventDefault();
    const go = () => this.quotes[to] && this.standQuote(to).focus();
    if (to >= this.quotes.length && !this.rest.hidden) this.askMore(go);
    else go();
  }

  // ---- figure and call -----------------------------------------------------------------------

  toggle() {
    const shown = this.drawn.getAttribute("aria-pressed") !== "true";
    this.ask("figure", shown);
    if (shown) this.wire.after(() => this.draw());
  }

  showFigure(shown) {
    this.drawn.setAttribute("aria-pressed", String(shown));
  }

  async copy() {
    try {
      await navigator.clipboard.writeText(this.call.textContent);
      this.tell(this.say("explore_copied"));
    } catch {
      getSelection().selectAllChildren(this.call);
      this.call.focus();
      this.tell(this.say("explore_copy_self"));
    }
  }

  // ---- keys ----------------------------------------------------------------------------------

  anywhere(event) {
    event.stopPropagation(); // the notebook's own shortcuts must not hear what is meant for us
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || /INPUT|SELECT|TEXTAREA/.test(event.target.tagName)) return;
    const { crumbs } = this.answer;
    const keys = {
      "/": () => this.palette.search.focus(),
      r: () => this.selects.get("segment").focus(),
      t: () => this.toTable(),
      l: () => this.toQuotes(),
      z: () => this.ask("back"),
      Z: () => this.ask("forward"),
      Backspace: () => crumbs.length && this.change(crumbs.at(-1)[2]),
      x: () => this.clear(),
      p: () => this.toggle(),
      c: () => this.copy(),
    };
    const facet = this.desk.facets.find((f) => this.facetKey.get(f.id) === event.key);
    if (keys[event.key]) keys[event.key]();
    else if (facet) this.turnFacet(facet.id);
    else return;
    event.preventDefault();
  }
}

export default {
  render({ model, el }) {
    const view = new View(model, el);
    return () => view.end();
  },
};
