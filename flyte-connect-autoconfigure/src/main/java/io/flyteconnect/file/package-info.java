/**
 * Files that people and clusters name: read as a whole, with a limit.
 */
@NullMarked
package io.flyteconnect.file;

import org.jspecify.annotations.NullMarked;
