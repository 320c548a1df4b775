// SPDX-License-Identifier: Apache-2.0
package org.mercat.sparql;

import java.util.List;
import java.util.Optional;

/**
 * What the page of a query of the library shows.
 *
 * @param name of the query, {@code folder/name}
 * @param fields of the form, one a parameter
 * @param problem why there is no table; empty if there is one
 * @param sparql the query with its values, as it runs elsewhere
 * @param downloads the whole answer in each format
 * @param console address of the console with the query
 */
public record QueryPage(
        String name,
        String summary,
        String description,
        List<Field> fields,
        Optional<Table> table,
        Optional<String> problem,
        String sparql,
        List<Download> downloads,
        String console) {

    /**
     * A parameter.
     *
     * @param type as the file's header calls it
     * @param value as the reader has written it, else the default
     * @param example of what to write
     * @param fault what is wrong with the value; empty if nothing
     */
    public record Field(
            String name, String type, String value, String example, boolean isRequired, Optional<String> fault) {
        /** The {@code type} of the input. */
        public String input() {
            return type.equals("integer") || type.equals("decimal") ? "number" : "text";
        }
    }

    /**
     * Some of the rows.
     *
     * @param first number of the first row, from 1
     * @param previous address of the rows before; empty if there are none
     * @param next address of the rows behind; empty if there are none
     */
    public record Table(
            List<Column> columns,
            List<List<Cell>> rows,
            int first,
            String previous,
            String next,
            long revision,
            Optional<Chart> chart) {
        /** Number of the last row. */
        public int last() {
            return first + rows.size() - 1;
        }
    }

    /** A column. @param isNumber whether all its values are numbers */
    public record Column(String name, boolean isNumber) {}

    /**
     * A value; an empty text where there is none.
     *
     * @param href where it leads; empty if nowhere
     * @param whole what stands behind a shortened text; null if nothing does
     * @param language tag of its text; null if it has none
     */
    public record Cell(String text, String href, String whole, String language) {}

    /** How the rows can be drawn. @param x column from 0 @param y column from 0 */
    public record Chart(String kind, int x, int y) {}

    /** A format. */
    public record Download(String name, String href) {}
}
