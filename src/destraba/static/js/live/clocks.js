// Time, for the eye only: how long the meeting and the item have been going on, and when it is likely to end.

const two = (number) => String(number).padStart(2, "0");

const put = (place, words) => {
  if (place && place.textContent !== words) place.textContent = words;
};

export class Clocks {
  constructor() {
    this.ticking = 0;
  }

  start() {
    clearInterval(this.ticking);
    this.tick(0);
    this.ticking = setInterval(() => this.tick(1), 1000);
  }

  tick(seconds) {
    const timer = document.querySelector("[data-timer][data-running]");
    if (timer) this.item(timer, seconds);
    const bar = document.querySelector("#bar.on");
    if (bar) this.meeting(bar);
  }

  /** The item's own time runs while it is the one on the screen, and is remembered across a reload. */
  item(timer, seconds) {
    const key = `destraba.timer.${timer.dataset.timer}`;
    const ran = Number(sessionStorage.getItem(key) ?? 0) + seconds;
    sessionStorage.setItem(key, ran);
    const over = ran - Number(timer.dataset.minutes) * 60;
    const clock = (all) => `${Math.floor(all / 60)}:${two(all % 60)}`;
    put(timer.querySelector("b"), clock(ran));
    put(timer.querySelector("span"), over > 0 ? timer.dataset.over.replace("#", clock(over)) : timer.dataset.of);
    timer.classList.toggle("over", over > 0);
  }

  meeting(bar) {
    const now = Date.now();
    const minutes = Math.max(0, Math.floor((now - Date.parse(bar.dataset.began)) / 60000));
    put(bar.querySelector("[data-elapsed]"), `${Math.floor(minutes / 60)}:${two(minutes % 60)}`);
    bar.querySelector(".clock").classList.toggle("over", minutes > Number(bar.dataset.lasts));
    const ends = now + Number(bar.dataset.left) * 60000;
    const late = Math.floor((ends - Date.parse(bar.dataset.plannedEnd)) / 60000);
    const options = { hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone: bar.dataset.zone };
    put(bar.querySelector("[data-end]"), new Date(ends).toLocaleTimeString("es", options));
    const words = late > 0 ? bar.dataset.late : late < 0 ? bar.dataset.early : bar.dataset.punctual;
    put(bar.querySelector("[data-eta]"), words.replace("#", Math.abs(late)));
  }
}
