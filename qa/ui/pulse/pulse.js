// What others do, for the workbench of this page: two components of one page meet at its document.

const pulses = new WeakMap();

export default function ({ data, parentElement }) {
  let pulse = pulses.get(parentElement);
  if (!pulse) {
    pulse = { tell: () => document.dispatchEvent(new CustomEvent("relecture:news", { detail: pulse.data })) };
    pulses.set(parentElement, pulse);
    // A workbench that comes later asks for what it has missed.
    document.addEventListener("relecture:any-news", pulse.tell);
  }
  pulse.data = data;
  pulse.tell();
  return () => {
    document.removeEventListener("relecture:any-news", pulse.tell);
    pulses.delete(parentElement);
  };
}
