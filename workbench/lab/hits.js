// Hits of a search in context, coded with one key: plain ES module, no build step. Offsets arrive
// in UTF-16 and none goes back: a hit is named by the place it came with, a coding by its key.

const AROUND = 160; // characters of context on each side; the style cuts what has no room
const SCOPES = { word: "hits_word", sentence: "hits_sentence", turn: "hits_turn" };
const WIDER = { word: "sentence", sentence: "turn", turn: "word" };
const NARROWER = { word: "turn", sentence: "word", turn: "sentence" };
const MINUTE = 60000; // a search may be long
const HITS_FACET_KEYS = FACET_KEYS.replace(/[jk]/g, ""); // j and k walk

const oneLine = (text) => text.replace(/\s+/g, " ");
const before = (text, at) => oneLine(at > AROUND ? `…${text.slice(at - AROUND, at).replace(/^\S*\s/, "")}` : text.slice(0, at));
const behind = (text, at) => oneLine(text.length - at > AROUND ? `${text.slice(at, at + AROUND).replace(/\s\S*$/, "")}…` : text.slice(at));

class View {
  constructor(model, el) {
    this.el = el;
    this.hits = []; // {id, place, name, speaker, segment, spans, row}, as many as have come
    this.rows = new Map(); // "h01 2" -> the hits in that turn
    this.texts = new Map(); // "h01 2" -> {text, lang, verbatim, time}
    this.codings = new Map(); // "h01 2" -> [{key, start, end, code, facets, memo}]
    this.marked = new Set(); // ids of hits
    this.hand = []; // keys of the codings at hand
    this.at = 0;
    this.scope = "sentence";
    this.wire = new Wire(model, {
      heard: (message, mine) => this.heard(message, mine),
      waits: (flag) => this.frame && (flag ? (this.frame.dataset.waits = "true") : delete this.frame.dataset.waits),
      silent: () => this.desk && this.tell(this.say("no_answer"), true),
    });
    this.uid = this.wire.uid;
    this.wire.ask("hello", [], MINUTE);
  }

  end() {
    this.wire.end();
  }

  say(key) {
    return this.desk.say[key];
  }

  tell(text, wrong = false) {
    this.status.textContent = text;
    this.status.classList.toggle("wrong", wrong);
  }

  get hit() {
    return this.hits[this.at];
  }

  // ---- what Python says ----------------------------------------------------------------------

  heard(message, mine) {
    if (message.kind === "all" && (mine || !this.desk)) return this.build(message);
    if (!this.desk) return undefined;
    if (message.kind === "hits") return this.found(message, mine);
    if (message.kind === "more") return this.more(message, mine);
    if (message.kind === "refused" && mine && this.act === "search") return this.fault(message);
    if (message.turns) this.changed(message, mine);
    return undefined;
  }

  changed(message, mine) {
    this.take(message.turns);
    this.learnBar(message);
    if (mine && message.kind === "acted") {
      if (message.made.length) this.hand = message.made.map((key) => JSON.stringify(key));
      if (this.act === "code") this.mark(null);
      if (this.act === "undo" || this.act === "redo") this.follow(Object.keys(message.turns));
      this.tell(message.told);
    } else if (mine) this.tell(message.why, true);
    this.hand = this.hand.filter((key) => this.coding(key));
    if (!this.hand.length) this.hand = this.usual();
    this.show();
  }

  take(turns) {
    for (const [name, list] of Object.entries(turns)) {
      this.codings.set(name, list.map(([key, start, end, facets, memo]) => ({ key: JSON.stringify(key), code: key.at(-1), start, end, facets, memo })));
      for (const hit of this.rows.get(name) ?? []) {
        this.showChips(hit);
        this.dim(hit);
      }
    }
  }

  // Stand where something was undone, if it is in the list.
  follow(turns) {
    const there = turns.flatMap((name) => this.rows.get(name) ?? []);
    if (there.length && !there.includes(this.hit)) this.go(Math.min(...there.map((hit) => +hit.row.dataset.n)));
  }

  learnBar({ bar, active }) {
    const other = active !== this.desk.active;
    Object.assign(this.desk, { bar, active });
    for (const hit of other ? this.hits : []) {
      if (hit.chips.childElementCount > 1) this.showChips(hit);
      this.dim(hit);
    }
    this.showBar();
  }

  ask(act, ...given) {
    const many = act === "code" ? given[0].length : 0;
    this.wire.after(() => {
      this.act = act;
      this.wire.ask(act, given, act === "search" ? MINUTE : PATIENCE + 50 * many);
    });
  }

  // ---- what is built once --------------------------------------------------------------------

  build(desk) {
    this.desk = desk;
    Object.assign(this, keyed(desk.codes, desk.facets, new Map(), HITS_FACET_KEYS));
    this.status = element("p", { class: "status", role: "status", "aria-live": "polite" });
    this.wrong = element("p", { class: "fault", role: "alert", id: `${this.uid}-fault`, hidden: true });
    this.count = element("span", { class: "count" });
    this.list = element("div", { class: "hits", role: "listbox", tabindex: "0", "aria-multiselectable": "true", "aria-label": this.say("hits_list"),
      on: { click: (e) => this.pointed(e) } });
    this.rest = element("button", { type: "button", class: "rest", hidden: true, on: { click: () => this.askMore() } });
    this.here = element("div", { class: "hand" });
    this.palette = new Palette(this, {
      give: (code) => this.give(code),
      instead: (code) => { this.ask("take", code); this.toList(); },
      leave: () => this.toList(),
    });
    this.codes = element("div", { class: "bar numbers", role: "group", "aria-label": this.say("hits_bar") });
    const { search, list, about } = this.palette;
    this.frame = element("div", { class: "wb wb-hits", "data-lm-suppress-shortcuts": "true", on: { keydown: (e) => this.anywhere(e), focusin: hush } },
      this.question(), this.wrong, this.tools(), this.codes,
      this.list, this.rest, this.status,
      element("div", { class: "desk" }, this.here, element("div", { class: "side" }, search, list, about,
        keyList(this.say("coder_keys"), this.say("hits_keys_list")))), narrow(this.say("no_room")));
    this.el.replaceChildren(this.frame);
    this.showBar();
    this.palette.show();
    this.found(desk, false);
  }

  question() {
    this.query = element("input", { type: "search", "aria-label": this.say("hits_query"), placeholder: this.say("hits_query"),
      spellcheck: "false", autocomplete: "off", "aria-describedby": `${this.uid}-fault`,
      on: { keydown: (e) => { if (e.key === "Escape" || e.key === "ArrowDown") { e.preventDefault(); this.toList(); } } } });
    return element("form", { class: "bar", role: "search", on: { submit: (e) => { e.preventDefault(); this.search(); } } },
      this.query, element("button", { type: "submit" }, this.say("hits_search")), element("span", { class: "coder" }, this.desk.coder), this.count);
  }

  tools() {
    const button = (key, act) => element("button", { type: "button", on: { click: act } }, this.say(key));
    this.scopes = Object.entries(SCOPES).map(([scope, name]) => element("button", { type: "button", "data-scope": scope, on: { click: () => this.widen(scope) } }, this.say(name)));
    return element("div", { class: "bar tools", role: "toolbar", "aria-label": this.say("coder_tools") },
      element("span", { class: "scopes", role: "group", "aria-label": this.say("hits_scope") }, ...this.scopes),
      button("coder_undo", () => this.ask("undo")), button("coder_redo", () => this.ask("redo")),
      button("coder_next", () => this.next()), button("hits_mark_all", () => this.markAll()));
  }

  // ---- the list ------------------------------------------------------------------------------

  search() {
    this.tell(this.say("hits_searching"));
    this.ask("search", this.query.value);
  }

  fault({ why, where }) {
    this.wrong.textContent = why;
    this.wrong.hidden = false;
    this.query.setAttribute("aria-invalid", "true");
    this.tell("");
    this.query.focus();
    if (where) this.query.setSelectionRange(where - 1, this.query.value.length);
  }

  // A new search, here or in another view: its first page.
  found(message, mine) {
    Object.assign(this.desk, { caption: message.caption, total: message.total, query: message.query });
    if (mine || !this.frame.contains(this.el.getRootNode().activeElement)) this.query.value = message.query;
    this.wrong.hidden = true;
    this.query.removeAttribute("aria-invalid");
    for (const kept of [this.rows, this.texts, this.codings, this.marked]) kept.clear();
    this.hits = [];
    this.at = this.dimmed = 0;
    this.list.replaceChildren();
    this.list.scrollTop = 0;
    this.tell(message.query ? message.caption : "");
    this.add(message);
    this.hand = this.usual();
    this.show();
    if (mine) this.toList();
  }

  more(message, mine) {
    if (message.from === this.hits.length) this.add(message);
    const then = this.then;
    this.then = null;
    this.show();
    if (mine && then) then();
  }

  askMore(then = null) {
    this.then = then;
    this.ask("more", this.hits.length);
  }

  get whole() {
    return this.hits.length >= this.desk.total;
  }

  add({ hits, texts, turns }) {
    for (const [name, [text, lang, verbatim, time]] of Object.entries(texts)) this.texts.set(name, { text, lang, verbatim, time });
    const added = hits.map((hit, n) => this.row({ ...hit, id: hit.place.join(" "), name: hit.place.slice(0, 2).join(" ") }, this.hits.length + n));
    this.hits.push(...added);
    for (const hit of added) this.rows.set(hit.name, [...(this.rows.get(hit.name) ?? []), hit]);
    const page = element("div", { class: "page", role: "group", "aria-label": `${this.hits.length - added.length + 1}–${this.hits.length}` },
      ...added.map((hit) => hit.row)); // a page out of sight costs the browser nothing
    page.style.setProperty("--hits", added.length);
    if (added.length) this.list.append(page);
    this.take(turns);
  }

  row(hit, n) {
    const { text, lang } = this.texts.get(hit.name);
    const [start, end] = hit.spans.word;
    hit.chips = element("span", { class: "chips" });
    hit.row = element("div", { class: "hit", role: "option", id: `${this.uid}-hit-${n}`, "aria-selected": "false", "data-n": n },
      element("span", { class: "where" }, `${hit.place[0]} [${hit.place[1]}] `, element("small", {}, hit.speaker)),
      element("span", { class: "left", lang }, element("bdi", { dir: "ltr" }, before(text, start))),
      element("span", { class: "right", lang }, element("mark", {}, oneLine(text.slice(start, end))), behind(text, end)), hit.chips);
    return hit;
  }

  // Codings of one's own that touch the words of the hit.
  touching(hit) {
    return (this.codings.get(hit.name) ?? []).filter((c) => c.start < hit.spans.word[1] && hit.spans.word[0] < c.end);
  }

  done(hit) {
    const there = this.touching(hit);
    return this.desk.active ? there.some((c) => c.code === this.desk.active) : there.length > 0;
  }

  label(code) {
    return this.code.get(code)?.label ?? code;
  }

  dot(code) {
    const dot = element("i", { class: "dot" });
    dot.style.setProperty("--colour", this.colour.get(code) ?? "#5b5b5b");
    return dot;
  }

  showChips(hit) {
    const first = (c) => (c.code === this.desk.active ? 0 : 1); // what has no room is cut at the end
    const there = this.touching(hit).sort((a, b) => first(a) - first(b));
    hit.chips.replaceChildren(...there.map((c) => element("span", { class: "chip" }, this.dot(c.code), this.label(c.code))));
    hit.chips.title = there.map((c) => [this.label(c.code), ...c.facets.map((f) => this.facet.get(f)?.label ?? f)].join(", ")).join("\n");
  }

  // Dim a hit that has the active code already, and keep count of them.
  dim(hit) {
    const coded = this.done(hit);
    if (coded === hit.coded) return;
    this.dimmed += coded ? 1 : hit.coded ? -1 : 0;
    hit.coded = coded;
    hit.row.classList.toggle("done", coded);
  }

  // How much there is, and where one stands.
  show() {
    const told = [this.desk.caption, this.whole ? "" : this.say("hits_shown").replace("%1", this.hits.length),
      this.hits.length ? this.say("hits_done").replace("%1", this.dimmed) : "", this.marked.size ? this.say("hits_marked").replace("%1", this.marked.size) : ""];
    this.count.textContent = told.filter(Boolean).join(" · ");
    this.rest.hidden = this.whole;
    this.rest.textContent = `${this.say("hits_more")} (${this.hits.length}/${this.desk.total})`;
    this.scopes.forEach((button) => button.setAttribute("aria-pressed", String(button.dataset.scope === this.scope)));
    this.stand();
  }

  stand() {
    this.standing?.classList.remove("current");
    this.standing = this.hit?.row;
    this.standing?.classList.add("current");
    if (this.hit) this.list.setAttribute("aria-activedescendant", this.hit.row.id);
    else this.list.removeAttribute("aria-activedescendant");
    this.showHere();
  }

  showBar() {
    this.codes.replaceChildren(...this.desk.bar.map((code, n) => element("button", { type: "button", "data-code": code, title: this.code.get(code)?.definition,
      "aria-pressed": String(code === this.desk.active), on: { click: () => this.give(code) } },
      element("kbd", {}, String(n + 1)), " ", this.dot(code), this.label(code))));
    this.codes.hidden = !this.desk.bar.length;
  }

  // ---- the hit at hand -----------------------------------------------------------------------

  coding(key) {
    for (const list of this.codings.values()) {
      const found = list.find((c) => c.key === key);
      if (found) return found;
    }
    return null;
  }

  // What facets are given to unless something was just coded or picked: the active code, or the only one.
  usual() {
    const there = this.hit ? this.touching(this.hit) : [];
    const own = there.find((c) => c.code === this.desk.active) ?? (there.length === 1 ? there[0] : null);
    return own ? [own.key] : [];
  }

  showHere() {
    const root = this.el.getRootNode();
    const held = this.here.contains(root.activeElement) ? root.activeElement.dataset : null;
    this.here.replaceChildren(...this.about());
    const mark = this.here.querySelector(".words .chosen");
    const words = this.here.querySelector(".words");
    if (mark && mark.offsetTop + mark.offsetHeight > words.offsetTop + words.clientHeight) words.scrollTop = mark.offsetTop - words.offsetTop;
    if (!held) return;
    const again = [...this.here.querySelectorAll("button")].find((b) => (held.facet && b.dataset.facet === held.facet) || (held.key && b.dataset.key === held.key));
    (again ?? this.list).focus({ preventScroll: true }); // the notebook must not get the next key
  }

  about() {
    const { hit } = this;
    if (!hit) return [element("p", { class: "quiet" }, this.say(this.desk.query ? "hits_none" : "hits_start"))];
    const { time, verbatim } = this.texts.get(hit.name);
    const said = [`${hit.place[0]} [${hit.place[1]}]`, hit.speaker, hit.segment, time].filter(Boolean).join(" · ");
    const chips = this.touching(hit).map((c) => element("li", {}, element("button", { type: "button", "data-key": c.key, title: c.memo,
      "aria-pressed": String(this.hand.includes(c.key)), on: { click: () => { this.hand = [c.key]; this.showHere(); } } },
      this.dot(c.code), this.label(c.code), c.memo ? element("small", { class: "memo" }, ` ✎ ${c.memo}`) : "")));
    return [element("strong", {}, said), element("div", { class: verbatim ? "words" : "words note", tabindex: "0", role: "region", "aria-label": said, lang: this.texts.get(hit.name).lang }, ...this.words(hit)),
      chips.length ? element("ul", { class: "chips", "aria-label": this.say("coder_codings") }, ...chips) : "", ...this.facets()];
  }

  facets() {
    if (!this.hand.length) return [];
    const at = this.hand.map((key) => this.coding(key));
    const many = this.hand.length > 1 ? element("p", { class: "quiet" }, this.say("hits_hand").replace("%1", this.hand.length)) : "";
    return [many, facetRows(this.desk, this.facetKey, {
      shown: (key) => (/[1-9]/.test(key) ? `⇧${key}` : key),
      pressed: (id) => at.every((c) => c.facets.includes(id)),
      give: (id) => this.ask("facet", this.named(), id),
    }), element("button", { type: "button", class: "away", on: { click: () => this.remove() } }, this.say("coder_delete"))];
  }

  named() {
    return this.hand.map((key) => JSON.parse(key));
  }

  // The turn, with what would be coded, the hit in it, and what is coded there.
  words(hit) {
    const { text } = this.texts.get(hit.name);
    const chosen = hit.spans[this.scope];
    const [from, to] = hit.spans.word;
    const list = this.touching(hit);
    const at = [...new Set([0, text.length, ...chosen, from, to, ...list.flatMap((c) => [c.start, c.end])])].sort((a, b) => a - b);
    return at.slice(0, -1).map((start, n) => {
      const end = at[n + 1];
      const inside = (a, b) => a <= start && end <= b;
      const piece = element(inside(from, to) ? "mark" : "span", {}, text.slice(start, end));
      piece.classList.toggle("chosen", inside(...chosen));
      const over = list.filter((c) => inside(c.start, c.end));
      if (over.length) {
        piece.classList.add("coded");
        piece.style.backgroundImage = over.slice(0, 3).map((c) => `linear-gradient(${this.colour.get(c.code)} 0 0)`).join(",");
        piece.style.backgroundPosition = over.slice(0, 3).map((_, i) => `0 calc(100% - ${i * 4}px)`).join(",");
      }
      return piece;
    });
  }

  // ---- walking and marking -------------------------------------------------------------------

  toList() {
    this.list.focus({ preventScroll: true });
  }

  go(at) {
    this.at = Math.max(0, Math.min(at, this.hits.length - 1));
    this.hand = this.usual();
    this.stand();
    const row = this.hit?.row;
    if (!row) return;
    const [here, seen] = [row, this.list].map((box) => box.getBoundingClientRect());
    if (here.top < seen.top) this.list.scrollTop -= seen.top - here.top; // only the list scrolls, never the notebook
    else this.list.scrollTop += Math.max(0, here.bottom - seen.bottom + 1);
    this.here.scrollTop = 0;
  }

  step(by) {
    if (this.at + by >= this.hits.length && !this.whole) return this.askMore(() => this.step(by));
    return this.go(this.at + by);
  }

  next() {
    const open = (hit) => !this.done(hit);
    const after = this.hits.findIndex((hit, n) => n > this.at && open(hit));
    if (after < 0 && !this.whole) return this.askMore(() => this.next());
    const found = after < 0 ? this.hits.findIndex(open) : after;
    if (found < 0 || (found === this.at)) return this.tell(this.say(this.hits.length ? "hits_all_coded" : "hits_none"));
    this.go(found);
    return this.toList();
  }

  pointed(event) {
    const row = event.target.closest(".hit");
    if (!row) return;
    this.go(+row.dataset.n);
    if (event.ctrlKey || event.metaKey) this.mark(this.hit);
  }

  mark(hit) {
    if (hit && !this.marked.has(hit.id)) this.select([hit], true);
    else this.select(hit ? [hit] : this.hits.filter((h) => this.marked.has(h.id)), false);
  }

  select(hits, on) {
    for (const hit of hits) {
      this.marked[on ? "add" : "delete"](hit.id);
      hit.row.setAttribute("aria-selected", String(on));
    }
    this.show();
  }

  markAll() {
    this.select(this.hits, !this.hits.every((hit) => this.marked.has(hit.id)));
    this.toList();
  }

  widen(scope) {
    this.scope = scope;
    this.show();
    this.tell(`${this.say("hits_scope")}: ${this.say(SCOPES[scope])}`);
    this.toList();
  }

  // ---- coding --------------------------------------------------------------------------------

  give(code) {
    if (!this.hit) return this.tell(this.say("hits_start"), true);
    const chosen = this.marked.size ? this.hits.filter((hit) => this.marked.has(hit.id)) : [this.hit];
    this.ask("code", chosen.map((hit) => hit.place), code, this.scope);
    return this.toList();
  }

  repeat() {
    if (this.desk.active) return this.give(this.desk.active);
    this.tell(this.say("coder_no_last"));
    return this.palette.search.focus();
  }

  number(n) {
    const code = this.desk.bar[n - 1];
    if (!code) return this.tell(this.say("hits_no_number"), true);
    return this.give(code);
  }

  onHand(act, ...given) {
    if (!this.hand.length) return this.tell(this.say("hits_pick"), true);
    return this.ask(act, this.named(), ...given);
  }

  remove() {
    this.onHand("uncode");
    this.toList();
  }

  // The next coding of this hit is taken to hand.
  other() {
    const there = this.hit ? this.touching(this.hit) : [];
    if (!there.length) return this.tell(this.say("hits_pick"), true);
    this.hand = [there[(there.findIndex((c) => this.hand.includes(c.key)) + 1) % there.length].key];
    this.showHere();
    return this.tell(this.label(this.coding(this.hand[0]).code));
  }

  // ---- keys ----------------------------------------------------------------------------------

  anywhere(event) {
    event.stopPropagation(); // the notebook's own shortcuts must not hear what is meant for us
    if (event.target.closest("input, textarea, select")) return;
    const act = this.meant(event);
    if (!act) return;
    event.preventDefault();
    this.wire.after(act);
  }

  meant(event) {
    const { key, code, shiftKey } = event;
    const letter = key.toLowerCase();
    if (event.ctrlKey || event.metaKey) {
      if (letter === "z") return () => this.ask(shiftKey ? "redo" : "undo");
      return { y: () => this.ask("redo"), a: () => this.markAll() }[letter];
    }
    if ((key === "Enter" || key === " ") && event.target.closest("button, summary")) return null;
    if (/^Arrow|^Page|^Home|^End/.test(key) && event.target.closest(".words")) return null; // it scrolls
    const digit = shiftKey && /^Digit\d$/.test(code) ? code.at(-1) : "";
    const wanted = digit && !this.facet.has(key) ? digit : key;
    const facet = this.desk.facets.find((f) => this.facetKey.get(f.id) === wanted);
    if (/^[1-9]$/.test(key) && !shiftKey) return () => this.number(+key);
    const ends = this.hits.length - 1;
    return {
      ArrowDown: () => this.step(1), ArrowUp: () => this.step(-1), j: () => this.step(1), k: () => this.step(-1),
      PageDown: () => this.step(10), PageUp: () => this.step(-10), Home: () => this.go(0), End: () => this.go(ends),
      ArrowRight: () => this.widen(WIDER[this.scope]),
      ArrowLeft: () => this.widen(NARROWER[this.scope]),
      " ": () => this.mark(this.hit), n: () => this.next(), ".": () => this.repeat(), Enter: () => this.repeat(),
      "/": () => this.palette.search.focus(), "<": () => this.other(),
      Delete: () => this.remove(), Backspace: () => this.remove(),
      z: () => this.ask("undo"), Z: () => this.ask("redo"),
      Escape: () => (this.marked.size ? this.mark(null) : this.query.focus()),
    }[key] ?? (facet ? () => this.onHand("facet", facet.id) : null);
  }
}

export default {
  render({ model, el }) {
    const view = new View(model, el);
    return () => view.end();
  },
};
