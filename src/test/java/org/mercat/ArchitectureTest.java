// SPDX-License-Identifier: Apache-2.0
package org.mercat;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.mercat.rdf.Store;

/** The packages and their arrows, which go only downward: the program, web, the features, http, rdf, ns. */
class ArchitectureTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("org.mercat");

    /** Every package is one of these; a new feature is added here and nowhere else. */
    private static final String[] FEATURES = {
        "org.mercat.offering..",
        "org.mercat.party..",
        "org.mercat.vocabulary..",
        "org.mercat.search..",
        "org.mercat.demand..",
        "org.mercat.proposal..",
        "org.mercat.contract..",
        "org.mercat.dispute..",
        "org.mercat.usage..",
        "org.mercat.billing..",
        "org.mercat.dump..",
        "org.mercat.sparql.."
    };

    @Test
    void arrows_go_only_downward() {
        layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .withOptionalLayers(true)
                .layer("program")
                .definedBy("org.mercat", "org.mercat.bench..")
                .layer("web")
                .definedBy("org.mercat.web..")
                .layer("features")
                .definedBy(FEATURES)
                .layer("http")
                .definedBy("org.mercat.http..")
                .layer("rdf")
                .definedBy("org.mercat.rdf..")
                .layer("ns")
                .definedBy("org.mercat.ns..")
                .whereLayer("program")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("web")
                .mayOnlyBeAccessedByLayers("program")
                .whereLayer("features")
                .mayOnlyBeAccessedByLayers("program", "web")
                .whereLayer("http")
                .mayOnlyBeAccessedByLayers("program", "web", "features")
                .whereLayer("rdf")
                .mayOnlyBeAccessedByLayers("program", "web", "features", "http")
                .check(CLASSES);
    }

    @Test
    void every_package_has_its_place() {
        Set<String> known = Set.of("", "bench", "web", "http", "rdf", "ns");
        Set<String> packages = CLASSES.stream()
                .map(type -> type.getPackageName().replaceFirst("^org\\.mercat\\.?", ""))
                .filter(name -> !known.contains(name))
                .filter(name -> java.util.Arrays.stream(FEATURES).noneMatch(("org.mercat." + name + "..")::equals))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(packages).as("packages that DESIGN does not name").isEmpty();
        assertThat(CLASSES).hasSizeGreaterThan(50);
    }

    @Test
    void features_form_no_ring() {
        slices().matching("org.mercat.(*)..").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void rdf_and_ns_know_no_http() {
        noClasses()
                .that(resideInAnyPackage("org.mercat.rdf..", "org.mercat.ns.."))
                .should()
                .dependOnClassesThat(resideInAnyPackage(
                        "io.javalin..",
                        "jakarta.servlet..",
                        "org.eclipse.jetty..",
                        "org.apache.jena.fuseki..",
                        "java.net.http.."))
                .check(CLASSES);
    }

    @Test
    void only_the_store_touches_the_databases() {
        DescribedPredicate<JavaClass> store = DescribedPredicate.describe(
                "the store",
                type -> type.getPackageName().equals("org.mercat.rdf")
                        && type.getName()
                                .matches(".*\\.(Store|BulkLoad|WatchedExecution|Writer|Transaction|Layout)(\\$.*)?"));
        noClasses()
                .that(DescribedPredicate.not(store))
                .and(DescribedPredicate.not(resideInAPackage("org.mercat.bench..")))
                .should()
                .dependOnClassesThat(resideInAnyPackage(
                        "org.apache.jena.tdb2..", "org.apache.jena.dboe..", "org.apache.jena.tdb1.."))
                .check(CLASSES);
        assertThat(CLASSES.contain(Store.class)).isTrue();
    }

    @Test
    void ns_depends_on_jena_core_only() {
        classes()
                .that(resideInAPackage("org.mercat.ns.."))
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage(
                        "java..", "org.mercat.ns..", "org.apache.jena.graph..", "org.apache.jena.rdf.model.."))
                .check(CLASSES);
    }

    @Test
    void only_the_service_knows_fuseki() {
        noClasses()
                .that(DescribedPredicate.not(resideInAnyPackage("org.mercat.sparql..", "org.mercat.bench..")))
                .should()
                .dependOnClassesThat(resideInAPackage("org.apache.jena.fuseki.."))
                .check(CLASSES);
    }

    @Test
    void only_the_program_wires() {
        noClasses()
                .that(DescribedPredicate.not(resideInAnyPackage("org.mercat", "org.mercat.bench..")))
                .should()
                .dependOnClassesThat(belongToAnyOf(Catalogue.class, Config.class, Main.class))
                .check(CLASSES);
    }
}
