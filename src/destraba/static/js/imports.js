// The preview of a spreadsheet: the button says how many rows are ticked, and a head ticks all below it.

const form = document.querySelector("[data-import]");

function boxes(within) {
  return [...within.querySelectorAll('input[name="row"]')];
}

function count() {
  const ticked = boxes(form).filter((box) => box.checked).length;
  const button = form.querySelector("[data-count]");
  const all = ticked + Number(button.dataset.elsewhere || 0);
  button.textContent = button.dataset.count.replace("#", all.toLocaleString(document.documentElement.lang));
  button.disabled = all === 0;
  for (const box of boxes(form)) box.closest("tr, .conflict").classList.toggle("unticked", !box.checked);
}

function addMaster(table) {
  const head = table.querySelector("thead th");
  const label = document.createElement("label");
  const box = Object.assign(document.createElement("input"), { type: "checkbox", checked: true });
  label.className = "check";
  label.append(box, Object.assign(document.createElement("span"), { textContent: head.textContent }));
  head.replaceChildren(label);
  box.addEventListener("change", () => {
    for (const each of boxes(table)) each.checked = box.checked;
    count();
  });
}

if (form) {
  for (const table of form.querySelectorAll(".choose")) addMaster(table);
  form.addEventListener("change", count);
}
