# Compiles one source twice: as it stands it must compile, with MUST_NOT_COMPILE it must be refused, at a line of its own.
# cmake -DCOMPILER=… -DSOURCE=… -DINCLUDE=… -P check.cmake
set(command ${COMPILER} -std=c++20 -fsyntax-only -I${INCLUDE})

execute_process(COMMAND ${command} ${SOURCE} RESULT_VARIABLE status ERROR_VARIABLE messages)
if(NOT status EQUAL 0)
  message(FATAL_ERROR "must compile and does not:\n${messages}")
endif()

execute_process(COMMAND ${command} -DMUST_NOT_COMPILE ${SOURCE} RESULT_VARIABLE status ERROR_VARIABLE messages)
if(status EQUAL 0)
  message(FATAL_ERROR "must not compile and does")
endif()
# The refused expression is in the source: a missing header or an unknown option proves nothing.
get_filename_component(name ${SOURCE} NAME)
if(NOT messages MATCHES "${name}:[0-9]+:[0-9]+:" OR messages MATCHES "fatal error:")
  message(FATAL_ERROR "refused for another reason:\n${messages}")
endif()
