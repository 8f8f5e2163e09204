/** How outputs get the widgets of their notebook. */
import { createContext } from "@lit/context";
import type { WidgetHub } from "./hub.ts";

/** Given by the notebook's page. */
export const widgetsContext = createContext<WidgetHub>(Symbol("widgets"));
