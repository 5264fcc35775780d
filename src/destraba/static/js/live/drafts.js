// What is being typed, kept on this computer until the server has it: a laptop may close, a line may drop.

const read = (key) => {
  try {
    return JSON.parse(localStorage.getItem(key)) ?? {};
  } catch {
    return {};
  }
};

const write = (key, value) => {
  try {
    if (Object.keys(value).length) localStorage.setItem(key, JSON.stringify(value));
    else localStorage.removeItem(key);
  } catch {
    // A full or a forbidden store: the page still has the text.
  }
};

const NOT_TYPED = new Set(["csrfmiddlewaretoken", "act", "item", "target", "version"]);

export class Drafts {
  constructor(account, address) {
    this.prefix = `destraba.live.${account}.${address}.`;
  }

  /** Keep the whole form that a field belongs to; true where something is typed in it. */
  keep(field) {
    const form = field.closest("form[data-keep]");
    if (!form) return false;
    const values = {};
    for (const [name, value] of new FormData(form)) if (!NOT_TYPED.has(name)) values[name] = value;
    const isTyped = Boolean(values.text || values.owner);
    if (isTyped) write(this.prefix + form.dataset.keep, values);
    else this.forget(form);
    return isTyped;
  }

  forget(form) {
    if (form.dataset.keep) write(this.prefix + form.dataset.keep, {});
  }

  /** Fill in again what had not been sent, unless the record says it already. */
  restore() {
    for (const form of document.querySelectorAll("form[data-keep]")) {
      const values = read(this.prefix + form.dataset.keep);
      if (!Object.keys(values).length || form.elements.text.value !== form.elements.text.defaultValue) continue;
      if (this.isOnRecord(form, values)) this.forget(form);
      else if (values.text !== form.elements.text.value) this.fill(form, values);
    }
    this.restoreSeats();
  }

  isOnRecord(form, values) {
    if (form.id !== "quick" || !values.text) return false;
    const said = [...document.querySelectorAll("#record .said")].map((each) => each.textContent.trim());
    return said.includes(values.text.trim());
  }

  fill(form, values) {
    for (const field of form.elements) {
      if (!field.name || NOT_TYPED.has(field.name)) continue;
      if (field.type === "radio") field.checked = values[field.name] === field.value;
      else if (field.type === "checkbox") field.checked = field.name in values;
      else if (field.name in values) field.value = values[field.name];
    }
    const around = form.closest("details");
    if (around) around.open = true;
  }

  /** The attendance: which fields were touched and are not with the server yet. */
  seats() {
    return Object.entries(read(`${this.prefix}seats`));
  }

  keepSeat(field) {
    write(`${this.prefix}seats`, { ...read(`${this.prefix}seats`), [field.name]: field.value });
  }

  /** These are with the server; what was touched again since is not. */
  sentSeats(sent) {
    const left = read(`${this.prefix}seats`);
    for (const [name, value] of sent) if (left[name] === value) delete left[name];
    write(`${this.prefix}seats`, left);
  }

  restoreSeats() {
    const form = document.querySelector("[data-attend]");
    for (const [name, value] of form ? this.seats() : []) {
      const field = form.elements[name];
      if (field) field.value = value;
    }
  }
}
