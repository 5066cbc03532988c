package io.sparkrnn;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import io.sparkrnn.nn.Activation;
import io.sparkrnn.nn.Pooling;
import java.io.ObjectInput;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The walls between the packages: each failure names the rule and the file that breaks it. */
class ArchitectureTest {
  private static final String ROOT = "io.sparkrnn.";

  /** Every package in the order of the house: a package may use only packages before it. */
  private static final List<String> ORDER =
      List.of("kernel", "optim", "nn", "text", "audio", "train", "io", "report", "spark", "cli");

  private static final List<String> STRANGERS = List.of("optim", "nn", "text", "audio");

  /** Ways from a name, or from bytes, to a class. */
  private static final Set<String> LOADING =
      Set.of(
          "java.lang.Class.forName",
          "java.lang.ClassLoader.loadClass",
          "java.lang.reflect.Constructor.newInstance",
          "java.util.ServiceLoader.load",
          "com.fasterxml.jackson.databind.ObjectMapper.readValue",
          "com.fasterxml.jackson.databind.ObjectMapper.treeToValue",
          "com.fasterxml.jackson.databind.ObjectMapper.convertValue");

  private static JavaClasses product;

  @BeforeAll
  static void readClasses() {
    product =
        new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.sparkrnn");
  }

  @Test
  void everyClassLivesInAPackageOfTheList() {
    check(
        classes()
            .should()
            .resideInAnyPackage(packages(ORDER))
            .because("the list of packages is the map of the house"));
  }

  @TestFactory
  List<DynamicTest> aPackageUsesOnlyPackagesBeforeIt() {
    return ORDER.stream().map(name -> rule(name, ORDER.indexOf(name))).toList();
  }

  @TestFactory
  List<DynamicTest> optimizersNetworksAndTextDoNotKnowEachOther() {
    return STRANGERS.stream()
        .map(
            name -> {
              List<String> others = STRANGERS.stream().filter(o -> !o.equals(name)).toList();
              return DynamicTest.dynamicTest(name, () -> check(forbid(name, packages(others))));
            })
        .toList();
  }

  @Test
  void sparkIsUsedOnlyBySparkAndCli() {
    check(outside("spark", "cli", "org.apache.spark..", "the engine works without Spark"));
  }

  @Test
  void hadoopIsUsedOnlyBySparkAndCli() {
    check(
        outside("spark", "cli", "org.apache.hadoop..", "storage is reached through ModelStorage"));
  }

  @Test
  void ejmlIsUsedOnlyByKernelAndNn() {
    check(outside("kernel", "nn", "org.ejml..", "EJML is the matrix type of the engine's API"));
  }

  @Test
  void theInsideOfRecurrentLayersIsUsedOnlyByNn() {
    check(outside("nn", "nn", "io.sparkrnn.nn.recurrent..", "it is public for nn's other rooms"));
  }

  @Test
  void theIncubatorIsUsedOnlyByTheVectorKernels() {
    check(
        noClasses()
            .that()
            .haveNameNotMatching("io\\.sparkrnn\\.kernel\\.Vector.*")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("jdk.incubator..")
            .because("everything else must run where the module is absent"));
  }

  @Test
  void whatDependsOnTheKindOfAHeadIsAskedOfTheHead() {
    String why = "a new head must not be looked for outside its own classes";
    for (Activation activation : Activation.values()) {
      check(
          noClasses()
              .that()
              .resideOutsideOfPackage(ROOT + "nn..")
              .should()
              .accessField(Activation.class, activation.name())
              .because(why));
    }
    check(
        noClasses()
            .that()
            .resideOutsideOfPackage(ROOT + "nn..")
            .should()
            .accessField(Pooling.class, Pooling.EVERY_STEP.name())
            .because(why));
  }

  @Test
  void optionsKnowNeitherStagesNorCommands() {
    check(apart("spark.params", ROOT + "spark", "every estimator shares its parameters"));
    check(apart("cli.options", ROOT + "cli", "every command shares its options"));
  }

  /** What a model or checkpoint says is data: a name in it never becomes a class. */
  @Test
  void whatReadsModelsLoadsNoClass() {
    DescribedPredicate<JavaMethodCall> loading =
        DescribedPredicate.describe(
            "load a class or make objects of bytes",
            call -> LOADING.contains(call.getTargetOwner().getName() + "." + call.getName()));
    check(
        noClasses()
            .that()
            .resideInAPackage(ROOT + "io..")
            .or()
            .resideInAPackage(ROOT + "text..")
            .or()
            .resideInAPackage(ROOT + "spark.storage..")
            .or()
            .haveNameMatching("io\\.sparkrnn\\.spark\\.(.*Reader|StageMetadata)")
            .should()
            .dependOnClassesThat()
            .areAssignableTo(ObjectInput.class)
            .orShould()
            .callMethodWhere(loading)
            .because("a model directory may come from anybody"));
  }

  private static ArchRule apart(String room, String others, String why) {
    return noClasses()
        .that()
        .resideInAPackage(ROOT + room)
        .should()
        .dependOnClassesThat()
        .resideInAPackage(others)
        .because(why);
  }

  @Test
  void noFieldIsPublicUnlessItIsAConstant() {
    check(
        fields()
            .that()
            .arePublic()
            .should()
            .beFinal()
            .andShould()
            .beStatic()
            .allowEmptyShould(true)
            .because("state is reached through methods"));
  }

  @Test
  void noStaticFieldIsMutable() {
    check(
        fields()
            .that()
            .areStatic()
            .and()
            .doNotHaveModifier(JavaModifier.SYNTHETIC)
            .should()
            .beFinal()
            .allowEmptyShould(true)
            .because("mutable statics are shared by every job of a driver"));
  }

  @Test
  void noRoomKnowsAnEstimatorOrItsModel() {
    check(
        noClasses()
            .that()
            .resideInAPackage(ROOT + "spark.*..")
            .should()
            .dependOnClassesThat()
            .haveNameMatching("io\\.sparkrnn\\.spark\\.RnnClassif(ier|icationModel).*")
            .because("an estimator is a face: five of them share the rooms"));
  }

  @Test
  void rowsAndTrainingTakeAPlanAndNotParameters() {
    check(
        noClasses()
            .that()
            .resideInAnyPackage(ROOT + "spark.rows..", ROOT + "spark.training..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                "org.apache.spark.ml",
                "org.apache.spark.ml.param..",
                "org.apache.spark.ml.util..",
                ROOT + "spark",
                ROOT + "spark.params..")
            .because("a plan is made once from the parameters"));
  }

  /** Classes that need each other are one thing, and live in one room. */
  @Test
  void noCycleOfClassesLeavesARoom() {
    for (Set<JavaClass> cycle : ClassCycles.of(product)) {
      long rooms = cycle.stream().map(JavaClass::getPackageName).distinct().count();
      assertEquals(1, rooms, () -> "a cycle leads through several rooms: " + cycle);
    }
  }

  @Test
  void noClassNameOccursTwice() {
    Map<String, String> seen = new HashMap<>();
    for (JavaClass type : product) {
      if (type.isTopLevelClass() && !type.getSimpleName().equals("package-info")) {
        String other = seen.put(type.getSimpleName(), type.getPackageName());
        assertNull(other, () -> type.getSimpleName() + " is in two packages");
      }
    }
  }

  @Test
  void noPackageHasMoreThanThirtyClasses() {
    Map<String, Long> sizes =
        product.stream()
            .filter(JavaClass::isTopLevelClass)
            .collect(Collectors.groupingBy(JavaClass::getPackageName, Collectors.counting()));
    sizes.forEach((name, size) -> assertTrue(size <= 31, name + " has " + size + " classes"));
  }

  @Test
  void thereIsNoUtilPackage() {
    check(
        noClasses()
            .should()
            .resideInAPackage("..util..")
            .because("a class lives where its subject lives"));
  }

  private static DynamicTest rule(String name, int place) {
    String[] later = packages(ORDER.subList(place + 1, ORDER.size()));
    return DynamicTest.dynamicTest(name, () -> check(forbid(name, later)));
  }

  private static ArchRule forbid(String name, String... others) {
    return noClasses()
        .that()
        .resideInAPackage(ROOT + name + "..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(others)
        .allowEmptyShould(true);
  }

  private static ArchRule outside(String first, String second, String target, String why) {
    return noClasses()
        .that()
        .resideOutsideOfPackages(ROOT + first + "..", ROOT + second + "..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage(target)
        .because(why)
        .allowEmptyShould(true);
  }

  private static String[] packages(List<String> names) {
    return names.stream().map(name -> ROOT + name + "..").toArray(String[]::new);
  }

  private static void check(ArchRule rule) {
    rule.check(product);
  }
}
