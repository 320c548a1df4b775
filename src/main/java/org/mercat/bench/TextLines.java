// SPDX-License-Identifier: Apache-2.0
package org.mercat.bench;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The lines of a text file, whose faults name file and line. */
final class TextLines {
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private TextLines() {}

    /**
     * A line.
     *
     * @param number from 1 on
     */
    record Line(Path file, int number, String text) {
        /** @param what says what is wrong and what to write */
        IllegalArgumentException fault(String what) {
            return new IllegalArgumentException(file + ", line " + number + ": " + what);
        }

        /** @throws IllegalArgumentException if the line is not one JSON object */
        ObjectNode object() {
            try {
                JsonNode json = JSON.readTree(text);
                if (json instanceof ObjectNode object) {
                    return object;
                }
                throw fault("this is no JSON object: write {\"id\": \"...\", ...}.");
            } catch (JsonProcessingException e) {
                throw fault("this is no JSON object: " + e.getOriginalMessage());
            }
        }
    }

    /**
     * All lines that are not blank.
     *
     * @throws IllegalArgumentException if there is no such file, or it is not UTF-8
     */
    static List<Line> of(Path file) {
        List<String> texts;
        try {
            texts = Files.readAllLines(file);
        } catch (NoSuchFileException e) {
            throw new IllegalArgumentException("There is no file " + file + ".", e);
        } catch (MalformedInputException e) {
            throw new IllegalArgumentException(file + " is not in UTF-8: save it as UTF-8.", e);
        } catch (IOException e) {
            throw new IllegalArgumentException("Cannot read " + file + ": " + e.getMessage(), e);
        }
        List<Line> lines = new ArrayList<>();
        for (int i = 0; i < texts.size(); i++) {
            if (!texts.get(i).isBlank()) {
                lines.add(new Line(file, i + 1, texts.get(i)));
            }
        }
        return lines;
    }
}
