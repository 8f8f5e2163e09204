/** Files of this machine into the scene: each is sent to the node, with progress, and opened there. */
import type { NodeService } from "../services/node.ts";
import type { Notices } from "../services/notices.ts";
import type { SessionService } from "../services/session.ts";
import { randomId } from "../services/view-id.ts";
import { bytes } from "../ui/sizes.ts";

/** Sends and opens files, one after the other; what fails is said and does not stop the rest. */
export async function openFiles(
  files: readonly File[],
  session: SessionService,
  node: NodeService,
  notices: Notices,
): Promise<void> {
  for (const file of files) {
    const task = `upload-${randomId()}`;
    const told = (sent: number) =>
      notices.progress(
        task,
        `${file.name}: ${bytes(sent)} of ${bytes(file.size)} sent to the node`,
        file.size > 0 ? sent / file.size : -1,
      );
    try {
      told(0);
      const uri = await node.upload(file, told);
      notices.progress(task, `${file.name}: the node opens it`, -1);
      await session.open(uri);
    } catch (cause) {
      notices.show(
        "bad",
        `${file.name} was not opened: ${cause instanceof Error ? cause.message : String(cause)}`,
      );
    } finally {
      notices.ended(task);
    }
  }
}
