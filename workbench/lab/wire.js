// One act at a time between a view and its kernel: what is asked meanwhile waits for the answer.

const PATIENCE = 5000; // milliseconds until a silent kernel is told
let views = 0;

class Wire {
  // `heard(message, mine)` takes what Python says, `waits(flag)` whether an answer is awaited,
  // `silent()` that none came.
  constructor(model, { heard, waits, silent }) {
    Object.assign(this, { model, waits, silent, uid: `wb-${(views += 1)}`, asked: 0, mine: null, later: [] });
    this.hear = (message) => {
      const mine = this.mine !== null && message.id === this.mine;
      if (mine) this.settle();
      heard(message, mine);
      if (mine) this.goOn();
    };
    model.on("msg:custom", this.hear);
  }

  end() {
    this.model.off("msg:custom", this.hear);
    clearTimeout(this.patience);
  }

  ask(act, given = [], patience = PATIENCE) {
    this.waits(true);
    this.mine = `${this.uid}-${Math.random()}-${(this.asked += 1)}`;
    clearTimeout(this.patience);
    const none = () => {
      this.settle();
      this.later = []; // nobody knows what they would mean now
      this.silent();
    };
    this.patience = setTimeout(none, patience);
    try {
      this.model.send({ act, with: given, id: this.mine });
    } catch {
      none(); // a kernel that was restarted has no ear for this widget
    }
  }

  after(act) {
    if (this.mine) this.later.push(act);
    else act();
  }

  settle() {
    clearTimeout(this.patience);
    this.mine = null;
    this.waits(false);
  }

  goOn() {
    while (this.later.length && !this.mine) this.later.shift()();
  }
}
