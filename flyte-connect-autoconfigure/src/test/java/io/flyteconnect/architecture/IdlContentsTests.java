package io.flyteconnect.architecture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.Descriptors.GenericDescriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import flyteidl.admin.ExecutionOuterClass.Execution;
import flyteidl.service.AdminServiceGrpc;
import io.grpc.ServiceDescriptor;
import io.grpc.protobuf.ProtoFileDescriptorSupplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.util.ReflectionUtils;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * What each service has on its class path of Flyte's IDL: nothing that no service of it
 * needs, and no bytes that are of no use.
 */
@Tag("once")
class IdlContentsTests {

	/** Of all classes; as many would be a twentieth more than there are. */
	private static final long MOST_BYTES = 10_700_000;

	@Test
	void whenClassesAreGeneratedThenTheyAreOfThePackagesThatFlyteAdminIsCalledWith() throws Exception {
		Set<String> packages = new TreeSet<>();
		classes().keySet().forEach((name) -> packages.add(name.substring(0, name.lastIndexOf('.'))));
		assertThat(packages).containsExactly("flyteidl.admin", "flyteidl.core", "flyteidl.event", "flyteidl.service",
				"io.flyteconnect.idl.openapi");
	}

	@Test
	void whenAFileIsGeneratedThenAServiceReachesIt() throws Exception {
		List<Class<?>> all = new ArrayList<>();
		for (String name : classes().keySet()) {
			if (!name.contains("$")) {
				all.add(Class.forName(name));
			}
		}
		Set<FileDescriptor> reached = new HashSet<>();
		all.stream().map(IdlContentsTests::service).forEach((file) -> reach(file, reached));
		Set<String> generated = all.stream()
			.map(IdlContentsTests::file)
			.filter((name) -> !name.isEmpty())
			.collect(Collectors.toCollection(TreeSet::new));
		assertThat(generated).contains("flyteidl/service/admin.proto", "flyteidl/service/dataproxy.proto",
				"flyteidl/service/identity.proto", "flyteidl/service/signal.proto", "flyteidl/service/auth.proto");
		assertThat(reached.stream().map(FileDescriptor::getFullName)).containsAll(generated);
	}

	@Test
	void whenAClassFailsThenItHasNoLineNumbersWhichNobodyNeedsOfGeneratedCode() {
		Throwable failure = catchThrowable(() -> Execution.parseFrom(new byte[] { 10, 100 }));
		assertThat(failure).isInstanceOf(InvalidProtocolBufferException.class);
		assertThat(failure.getStackTrace()).filteredOn((frame) -> frame.getClassName().startsWith("flyteidl."))
			.isNotEmpty()
			.allMatch((frame) -> frame.getLineNumber() < 0);
	}

	@Test
	void whenTheIdlGrowsThenThatIsSeen() throws Exception {
		assertThat(classes().values().stream().mapToLong(Long::longValue).sum()).isLessThan(MOST_BYTES);
	}

	private static FileDescriptor service(Class<?> type) {
		if (!type.getName().endsWith("Grpc")) {
			return null;
		}
		ServiceDescriptor service = (ServiceDescriptor) call(type, "getServiceDescriptor");
		return ((ProtoFileDescriptorSupplier) service.getSchemaDescriptor()).getFileDescriptor();
	}

	private static void reach(FileDescriptor file, Set<FileDescriptor> reached) {
		if (file != null && reached.add(file)) {
			file.getDependencies().forEach((dependency) -> reach(dependency, reached));
		}
	}

	/**
	 * The file that a class is generated of, empty if it does not say so.
	 */
	private static String file(Class<?> type) {
		Object descriptor = (ReflectionUtils.findMethod(type, "getDescriptor") != null) ? call(type, "getDescriptor")
				: null;
		return (descriptor instanceof GenericDescriptor found) ? found.getFile().getFullName() : "";
	}

	private static Object call(Class<?> type, String method) {
		return ReflectionUtils.invokeMethod(ReflectionUtils.findMethod(type, method), null);
	}

	/** The classes of the module, from its jar or its folder, with their bytes. */
	private static Map<String, Long> classes() throws Exception {
		URI source = AdminServiceGrpc.class.getProtectionDomain().getCodeSource().getLocation().toURI();
		if (Files.isDirectory(Path.of(source))) {
			return classes(Path.of(source));
		}
		try (FileSystem jar = FileSystems.newFileSystem(Path.of(source))) {
			return classes(jar.getPath("/"));
		}
	}

	private static Map<String, Long> classes(Path root) throws IOException {
		Map<String, Long> classes = new TreeMap<>();
		try (Stream<Path> files = Files.walk(root)) {
			files.filter((file) -> file.toString().endsWith(".class")).forEach((file) -> {
				String name = root.relativize(file).toString().replace('\\', '/');
				classes.put(name.substring(0, name.length() - ".class".length()).replace('/', '.'), size(file));
			});
		}
		return classes;
	}

	private static long size(Path file) {
		try {
			return Files.size(file);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
