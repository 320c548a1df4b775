// SPDX-License-Identifier: Apache-2.0
package org.mercat;

import io.javalin.http.Context;
import java.util.List;
import java.util.Map;
import org.mercat.http.Access;
import org.mercat.http.Failure;
import org.mercat.http.Route;

/** {@code /reload}: reads the files of the home again, and tells what came of it the last time. */
final class ReloadRoutes {
    private final CurrentKnowledge knowledge;
    private final boolean isFolder;

    /** @param isFolder whether the files are in a folder, where they can change */
    ReloadRoutes(CurrentKnowledge knowledge, boolean isFolder) {
        this.knowledge = knowledge;
        this.isFolder = isFolder;
    }

    List<Route> routes() {
        return List.of(
                Route.post("/reload", Access.OPERATOR, this::reload),
                Route.get("/reload", Access.OPERATOR, this::last));
    }

    private void reload(Context ctx) {
        if (!isFolder) {
            throw Failure.Kind.CONFLICT.because(
                    "This catalogue goes by the files that are packed with it, which do not"
                            + " change: start it with --home DIR (MERCAT_HOME), a folder with vocabularies, shapes and queries.");
        }
        Reload reload = knowledge.reload();
        if (reload.outcome() == Reload.Outcome.REFUSED) {
            throw new Failure.Invalid(reload.detail(), reload.errors()).asException();
        }
        ctx.json(reload);
    }

    private void last(Context ctx) {
        ctx.json(knowledge
                .last()
                .<Object>map(its -> its)
                .orElse(Map.of("outcome", "none", "detail", "The files are those of the start.")));
    }
}
