/** The router, for elements that lead to other pages. */
import { createContext } from "@lit/context";
import type { Router } from "./router.ts";

export const routerContext = createContext<Router>(Symbol("router"));
