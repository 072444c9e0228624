// Stands before every widget's module: a page's element with attributes, listeners and children.

function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name === "on") for (const [event, f] of Object.entries(value)) made.addEventListener(event, f);
    else if (value === true) made.setAttribute(name, "");
    else if (value !== false && value !== null && value !== undefined) made.setAttribute(name, value);
  }
  made.append(...children);
  return made;
}

// The notebook's own shortcuts must not hear the keys of what has the focus. JupyterLab asks any element
// around it, Notebook 7 hears every key first and asks the focused element itself.
function hush(event) {
  event.target.setAttribute("data-lm-suppress-shortcuts", "true");
}

// Stands alone where a widget has no room, beside JupyterLab's file list on a telephone: pressing it
// closes the list, which JupyterLab does for any element that names one of its commands.
function narrow(text) {
  return element("button", { type: "button", class: "narrow", "data-commandlinker-command": "application:toggle-left-area",
    "data-commandlinker-args": "{}" }, text);
}
