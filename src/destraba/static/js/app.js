// What every page can do with a script. Each part leaves alone a page that has no use for it.
import { watchCopies } from "./copies.js";
import { watchDialogs } from "./dialogs.js";
import { watchDrops } from "./drops.js";
import { watchKeys } from "./keys.js";
import { watchMenus } from "./menus.js";
import { watchPreferences } from "./preferences.js";
import { watchSearch } from "./search.js";
import { watchSending } from "./sending.js";

watchMenus();
watchDialogs();
watchPreferences();
watchKeys();
watchSearch();
watchCopies();
watchDrops();
watchSending();
